// Command node is what a node of a cluster runs, in one program: kubelet, kubeadm, kube-proxy and kubectl. The
// servers of the control plane are in another program, which is there already.
//
// The first argument, or the name it is started by, says which of them this process is.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubectl/pkg/cmd"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	kubeadm "k8s.io/kubernetes/cmd/kubeadm/app"
	kubeadmerrors "k8s.io/kubernetes/cmd/kubeadm/app/util/errors"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

var roles = map[string]func(){
	"kubelet":    func() { os.Exit(cli.Run(kubelet.NewKubeletCommand(context.Background()))) },
	"kubeadm":    func() { kubeadmerrors.HandleError(kubeadm.Run()) },
	"kube-proxy": func() { os.Exit(cli.Run(proxy.NewProxyCommand())) },
	"kubectl":    func() { os.Exit(cli.Run(cmd.NewDefaultKubectlCommand())) },
}

func main() {
	role, named := roles[filepath.Base(os.Args[0])]
	if !named && len(os.Args) > 1 {
		if role, named = roles[os.Args[1]]; named {
			os.Args = os.Args[1:]
		}
	}
	if !named {
		fmt.Fprintln(os.Stderr, "usage: node kubelet|kubeadm|kube-proxy|kubectl …")
		os.Exit(64)
	}
	role()
}
