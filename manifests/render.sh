#!/usr/bin/env bash
# Writes install.yaml and lift-gates.yaml from the Helm chart. A test fails when they differ from it.
# Usage: manifests/render.sh [FOLDER]   (default: this folder)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here}
chart=$here/../helm/drover
helm=$("$here/../testbed/tools.sh")/helm-4

render() { "$helm" template drover "$chart" --namespace drover-system --values "$here/values.yaml" "$@" 2>/dev/null; }
# Here it is the reader who applies them, no hook of a release.
plain() { sed -e '/helm\.sh\/hook/d' -e '/app\.kubernetes\.io\/managed-by: Helm/d' -e '/^# Source: /d'; }

{
  cat <<'HEAD'
# Drover as plain YAML, rendered from helm/drover with manifests/values.yaml by manifests/render.sh. Before it: kubectl apply --server-side -f crds/
# After it: manifests/webhook-certificate.sh. How, and what to change: docs/how-to/install.md
apiVersion: v1
kind: Namespace
metadata:
  name: drover-system
  labels:
    pod-security.kubernetes.io/enforce: restricted
HEAD
  render --no-hooks | plain
} > "$out/install.yaml"

{
  cat <<'HEAD'
# Run this before Drover is removed, so that no pod waits for it for ever: it removes the webhook and lifts every placement gate.
#   kubectl apply -f manifests/lift-gates.yaml
#   kubectl -n drover-system wait --for=condition=complete job/drover-lift-gates --timeout=2m
#   kubectl delete -f manifests/lift-gates.yaml
HEAD
  render --show-only templates/liftgates.yaml | plain
} > "$out/lift-gates.yaml"
