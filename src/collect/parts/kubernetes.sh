# kubectl_answers collect FILE kubectl …: only where a cluster is set up for it. Its cache goes where it vanishes.
kubectl_answers() {
  if [ -z "${KUBECONFIG:-}" ]; then
    for path in "${HOME:-/root}/.kube/config" /etc/kubernetes/admin.conf /etc/rancher/k3s/k3s.yaml; do
      if [ -r "$path" ]; then KUBECONFIG=$path; fi
    done
    if [ -z "${KUBECONFIG:-}" ]; then return 0; fi
    export KUBECONFIG
  fi
  verb=$1 file=$2
  shift 3
  "$verb" "$file" kubectl --cache-dir "$work/cache" --request-timeout 10s "$@"
}
