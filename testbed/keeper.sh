#!/bin/sh
# Ends every program of one control plane as soon as its owner is gone, however it went.
# The owner holds the other end of our standard input and never writes to it: when the owner closes it, exits or is killed with
# SIGKILL, the read below ends. Called with </dev/null it cleans up at once.
# Usage: keeper.sh FOLDER
trap '' HUP INT TERM
folder=$1
while read -r _; do :; done

: > "$folder/ended"
for file in "$folder"/*.pid; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    # A pid may have been given to somebody else's process meanwhile; ours all have the folder among their arguments.
    if [ -n "$pid" ] && grep -qF "$folder" "/proc/$pid/cmdline" 2>/dev/null; then kill -9 "$pid" 2>/dev/null; fi
done
# "Ended" means that they are gone and their ports are free, not that a signal was sent.
for file in "$folder"/*.pid; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    tries=0
    while [ -n "$pid" ] && grep -qF "$folder" "/proc/$pid/cmdline" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
    rm -f "$file"
done
rm -rf "$folder/etcd" "$folder/volumes" "$folder/pods"
