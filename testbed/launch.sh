#!/bin/sh
# Becomes the given program, with its pid in FOLDER/NAME.pid so that keeper.sh can end it.
# Usage: launch.sh FOLDER NAME PROGRAM [ARGUMENT ...]
folder=$1 name=$2
shift 2
echo $$ > "$folder/$name.pid"
# The keeper writes "ended" before it looks for pids: a program that it did not see yet sees the mark here.
[ ! -e "$folder/ended" ] || exit 1
exec "$@"
