#!/usr/bin/env bash
# Builds the programs of the local control plane once, from pinned Go modules, into a cache keyed by the module files.
# Prints the folder of the programs on its last line. Usage: testbed/build.sh [etcd|kwok|kubevirt|kube ...]   (default: all)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kubernetes_version=v1.36.3 kubevirt_version=v1.9.0
cache=${DROVER_TESTBED_CACHE:-$here/.cache}

key=$(cd "$here" && { find etcd kube kubevirt kwok -type f -print0 | sort -z | xargs -0 sha256sum; go version; } | sha256sum | cut -c1-16)
bin=$cache/$key/bin
mkdir -p "$bin"

# Programs of other versions are kept for a while: one may go back to them.
find "$cache" -mindepth 1 -maxdepth 1 -type d ! -name "$key" -mtime +14 -exec rm -rf {} +
touch "$cache/$key"

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

# One build at a time: two test runs that start together must not compile the same programs twice.
exec 9>"$cache/$key/lock"
flock 9
rm -rf "$cache/$key"/build.*

# Go names each package that it compiles; a count now and then tells that it is at work. Everything else is shown as it is.
progress() { # module
  local packages=0 modules=0 shown=$SECONDS line
  while IFS= read -r line; do
    case $line in
      "go: downloading "*) modules=$((modules + 1)) ;;
      "go: "* | "#"* | *" "* | "") printf '%s\n' "$line" >&2 ;;
      *) packages=$((packages + 1)) ;;
    esac
    if [ $((SECONDS - shown)) -ge 20 ]; then say "building $1: $modules modules fetched, $packages packages compiled"; shown=$SECONDS; fi
  done
}

build() { # module, programs that it yields (space separated), go build arguments ...
  local module=$1 programs=$2 missing=0 started; shift 2
  for program in $programs; do [ -x "$bin/$program" ] || missing=1; done
  [ $missing = 1 ] || return 0
  started=$SECONDS
  say "building $module: $programs"
  local out; out=$(mktemp -d "$cache/$key/build.XXXXXX")
  (cd "$here/$module" && CGO_ENABLED=0 GOFLAGS=-mod=readonly GOTOOLCHAIN=local go build -v -trimpath -o "$out/" "$@" 2>&1) | progress "$module"
  for program in $programs; do [ -x "$out/$program" ] || mv "$out"/* "$out/$program"; mv "$out/$program" "$bin/$program"; done
  rm -rf "$out"
  say "built $module in $((SECONDS - started)) s"
}

build_etcd() { build etcd "etcd" -ldflags "-s -w" go.etcd.io/etcd/server/v3; }
build_kwok() { build kwok "kwok" -ldflags "-s -w" sigs.k8s.io/kwok/cmd/kwok; }
build_kubevirt() {
  build kubevirt "virt-api virt-controller virt-operator" -ldflags "-s -w -X kubevirt.io/client-go/version.gitVersion=$kubevirt_version" \
    kubevirt.io/kubevirt/cmd/virt-api kubevirt.io/kubevirt/cmd/virt-controller kubevirt.io/kubevirt/cmd/virt-operator
}
build_kube() {
  local v=k8s.io/component-base/version
  build kube "kube-apiserver kube-controller-manager kube-scheduler" \
    -ldflags "-s -w -X $v.gitVersion=$kubernetes_version -X $v.gitMajor=1 -X $v.gitMinor=36" \
    k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kube-controller-manager k8s.io/kubernetes/cmd/kube-scheduler
}

# The files that KubeVirt and KWOK ship and that the control plane is installed from.
copy_assets() {
  local assets=$cache/$key/assets
  [ -f "$assets/.complete" ] && return 0
  rm -rf "$assets"; mkdir -p "$assets/kwok"
  local kubevirt_module kwok_module
  kubevirt_module=$(cd "$here/kubevirt" && GOFLAGS=-mod=readonly go list -m -f '{{.Dir}}' kubevirt.io/kubevirt)
  kwok_module=$(cd "$here/kwok" && GOFLAGS=-mod=readonly go list -m -f '{{.Dir}}' sigs.k8s.io/kwok)
  local stages=$kwok_module/kustomize/stage
  cp "$kubevirt_module/manifests/generated/kv-resource.yaml" "$assets/"
  cp "$stages"/node/fast/node-*.yaml "$stages"/node/heartbeat-with-lease/node-*.yaml "$stages"/pod/fast/pod-*.yaml "$assets/kwok/"
  chmod -R u+w "$assets"; touch "$assets/.complete"
}

parts=("$@"); [ ${#parts[@]} -gt 0 ] || parts=(etcd kwok kubevirt kube)
for part in "${parts[@]}"; do "build_$part"; done
copy_assets
echo "$cache/$key"
