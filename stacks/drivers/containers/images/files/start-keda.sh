#!/bin/bash
# Installs KEDA into the cluster of this node: its manifests, with certificates that are issued here, so that nothing
# has to restart for them.
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf
if ! kubectl get secret -n keda kedaorg-certs >/dev/null 2>&1; then
  work=$(mktemp -d)
  cd "$work"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=eventproof KEDA' \
    -keyout ca.key -out ca.crt 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=keda' -keyout tls.key -out tls.csr 2>/dev/null
  names=IP:127.0.0.1
  for service in keda-operator keda-metrics-apiserver keda-admission-webhooks; do
    names=$names,DNS:$service,DNS:$service.keda.svc,DNS:$service.keda.svc.cluster.local
  done
  openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out tls.crt 2>/dev/null \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names")
  kubectl create namespace keda --dry-run=client -o json | kubectl apply --server-side -f - >/dev/null
  kubectl create secret generic kedaorg-certs -n keda --from-file=ca.crt --from-file=tls.crt --from-file=tls.key >/dev/null
  sed "s#@AUTHORITY@#$(base64 -w0 ca.crt)#g" /kind/eventproof/keda.json >keda.json
  kubectl apply --server-side --force-conflicts -f keda.json >/dev/null
  rm -r "$work"
fi
