#!/usr/bin/env bash
# Makes an authority and a certificate for the webhook of a plain installation, and puts them into the Secret that install.yaml mounts.
# To renew: run it again, then kubectl -n drover-system rollout restart deployment/drover
# Usage: manifests/webhook-certificate.sh [DAYS]   (default: 3650). KUBECTL names another kubectl.
set -euo pipefail
days=${1:-3650} namespace=drover-system name=drover.drover-system.svc
kubectl=${KUBECTL:-kubectl}
command -v openssl >/dev/null || { echo "openssl is not on the PATH. Install it." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
key "$work/ca.key"
openssl req -x509 -new -key "$work/ca.key" -days "$days" -subj /CN=drover-webhook-ca -out "$work/ca.crt"
key "$work/tls.key"
openssl req -new -key "$work/tls.key" -subj "/CN=$name" -out "$work/tls.csr"
printf 'subjectAltName=DNS:%s,DNS:%s.cluster.local\nextendedKeyUsage=serverAuth\n' "$name" "$name" > "$work/extensions"
openssl x509 -req -in "$work/tls.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -days "$days" \
  -extfile "$work/extensions" -out "$work/tls.crt" 2>/dev/null

"$kubectl" -n "$namespace" create secret generic drover-webhook-tls --type=kubernetes.io/tls --dry-run=client -o yaml \
  --from-file=ca.crt="$work/ca.crt" --from-file=tls.crt="$work/tls.crt" --from-file=tls.key="$work/tls.key" \
  | "$kubectl" apply --server-side --force-conflicts -f -
