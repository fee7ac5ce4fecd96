#!/bin/bash
# What kind's own Dockerfile does with its files, on Debian 12: its systemd boots also where cgroups are of version 1.
# Runs once while the image is built.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
chmod 755 /kind /kind/bin /kind/bin/* /usr/local/bin/*
apt-get update -qq
apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold \
  systemd conntrack iptables nftables iproute2 ethtool util-linux mount kmod libseccomp2 pigz bash ca-certificates \
  curl jq procps openssl containerd runc containernetworking-plugins >/dev/null
find /lib/systemd/system/sysinit.target.wants/ -name systemd-tmpfiles-setup.service -delete
rm -f /lib/systemd/system/multi-user.target.wants/* /etc/systemd/system/*.wants/* \
  /lib/systemd/system/local-fs.target.wants/* /lib/systemd/system/sockets.target.wants/*udev* \
  /lib/systemd/system/sockets.target.wants/*initctl* /lib/systemd/system/basic.target.wants/*
echo ReadKMsg=no >>/etc/systemd/journald.conf
ln -sf /usr/lib/systemd/systemd /sbin/init
systemctl enable kubelet.service containerd.service undo-mount-hacks.service eventproof-services.service
systemctl mask systemd-binfmt.service
mkdir -p /etc/kubernetes/manifests /opt/cni/bin

# Debian's containerd in the places where kind looks for its own.
ln -sf /usr/bin/containerd /usr/bin/containerd-shim-runc-v2 /usr/local/bin/
cp /usr/lib/cni/{host-local,loopback,ptp,portmap} /opt/cni/bin/
# A machine may lack the capability to lower its processes' scores.
sed -i -e 's/restrict_oom_score_adj = false/restrict_oom_score_adj = true/' /etc/containerd/config.toml
ctr oci spec |
  jq '.hooks.createContainer[.hooks.createContainer | length] |= . + {"path": "/kind/bin/mount-product-files.sh"}' |
  jq 'del(.process.rlimits)' >/etc/containerd/cri-base.json
rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/* /usr/share/doc /usr/share/man
