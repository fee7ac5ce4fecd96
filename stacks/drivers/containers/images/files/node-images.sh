#!/bin/bash
# Puts a node's programs in their places, and makes the images of what runs as pods of the cluster itself: each is one
# program and what that calls. They are for this node alone and have names of our own, so nothing is pulled.
# Runs once while the image is built:   node-images.sh KUBERNETES-VERSION KEDA-VERSION
set -euo pipefail
version=$1 keda=$2 from=/build own=docker.io/eventproof
install -m 755 $from/programs/node /usr/bin/kubernetes-node
for role in kubelet kubeadm kubectl; do ln -s kubernetes-node /usr/bin/$role; done
echo -n "v$version" >/kind/version
install -Dm 644 $from/programs/keda.json /kind/eventproof/keda.json

work=$(mktemp -d)
cd "$work"
root() { mkdir -p "$1/usr/local/bin" "$1/etc" && install -d -m 1777 "$1/tmp"; }

root control
install -m 755 $from/kubernetes control/usr/local/bin/kubernetes
for role in etcd kube-apiserver kube-controller-manager kube-scheduler keda-operator keda-adapter keda-webhooks; do
  ln -s kubernetes control/usr/local/bin/$role
done
root proxy
install -m 755 $from/programs/node proxy/usr/local/bin/kube-proxy
mkdir -p proxy/usr/sbin proxy/usr/lib/x86_64-linux-gnu proxy/run
ln -s usr/lib proxy/lib && ln -s usr/lib64 proxy/lib64 && ln -s usr/sbin proxy/sbin
for name in {iptables,ip6tables}{,-save,-restore}; do ln -s xtables-nft-multi proxy/usr/sbin/$name; done
cp /usr/sbin/{xtables-nft-multi,conntrack} proxy/usr/sbin/
cp -r --parents /usr/lib/*-linux-gnu/xtables proxy/
ldd /usr/sbin/{xtables-nft-multi,conntrack} /usr/lib/*-linux-gnu/xtables/*.so | grep -o '/[^ ]*' | grep -v ':$' | sort -u |
  while read -r library; do install -D "$library" "proxy/usr/${library#/}" 2>/dev/null || true; done
[ ! -d proxy/usr/usr ] || { cp -r proxy/usr/usr/. proxy/usr/ && rm -r proxy/usr/usr; }
root dns
install -m 755 $from/programs/dns dns/coredns
root pause
install -m 755 $from/programs/pause pause/pause

path='PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
entries=()
image() { # FOLDER ENTRYPOINT TAG…
  local layer=$1.tar entry=$2
  shift 2
  local digest
  digest=$(sha256sum "$layer" | cut -d' ' -f1)
  jq -nc --arg digest "sha256:$digest" --arg path "$path" --argjson entry "$entry" --arg arch "$(dpkg --print-architecture)" \
    '{architecture: $arch, os: "linux", config: {Env: [$path], Entrypoint: $entry},
      rootfs: {type: "layers", diff_ids: [$digest]}, history: [{created_by: "eventproof"}]}' >"$layer.json"
  entries+=("$(jq -nc --arg config "$layer.json" --arg layer "$layer" '{Config: $config, RepoTags: $ARGS.positional, Layers: [$layer]}' --args -- "$@")")
}
for folder in control proxy dns pause; do tar -C $folder --sort=name --mtime=@0 --owner=0 --group=0 -cf $folder.tar . && rm -r $folder; done
control=("$own/keda:$keda") proxy=() dns=() pause=()
for tag in $(kubeadm config images list --kubernetes-version "v$version" --image-repository $own); do
  case $tag in
    */kube-proxy:*) proxy+=("$tag") ;;
    */coredns:*) dns+=("$tag") ;;
    */pause:*) pause+=("$tag") ;;
    *) control+=("$tag") ;;
  esac
done
image control '[]' "${control[@]}"
image proxy '["/usr/local/bin/kube-proxy"]' "${proxy[@]}"
image dns '["/coredns"]' "${dns[@]}"
image pause '["/pause"]' "${pause[@]}"
printf '%s\n' "${entries[@]}" | jq -sc . >manifest.json
sed -i "s#sandbox_image = .*#sandbox_image = \"${pause[0]}\"#" /etc/containerd/config.toml

containerd >containerd.log 2>&1 &
containerd=$!
for _ in $(seq 100); do [ -S /run/containerd/containerd.sock ] && ctr version >/dev/null 2>&1 && break; sleep 0.2; done
tar -cf - manifest.json ./*.tar ./*.tar.json --transform 's#^\./##' |
  ctr -n k8s.io images import --no-unpack --all-platforms - || { tail -20 containerd.log && exit 1; }
ctr -n k8s.io images list -q
kill $containerd && wait $containerd || true
cd / && rm -rf "$work" $from
