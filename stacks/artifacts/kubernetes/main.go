// Command kubernetes is a whole control plane in one program: etcd, the Kubernetes servers and the complete KEDA.
//
// The first argument, or the name it is started by, says which of them this process is; the rest are that one's own
// arguments. One program shares its libraries between all of them: a third of the size and of the compile time.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"

	// Copies of KEDA's own main packages, made when this is built: a main package can't be imported.
	"eventproof/kubernetes/kedaadapter"
	"eventproof/kubernetes/kedaoperator"
	"eventproof/kubernetes/kedawebhooks"
)

var roles = map[string]func(){
	"etcd":                    func() { etcdmain.Main(os.Args) },
	"kube-apiserver":          func() { os.Exit(cli.Run(apiserver.NewAPIServerCommand())) },
	"kube-controller-manager": func() { os.Exit(cli.Run(controllers.NewControllerManagerCommand())) },
	"kube-scheduler":          func() { os.Exit(cli.Run(scheduler.NewSchedulerCommand())) },
	"keda-operator":           kedaoperator.Main,
	"keda-adapter":            kedaadapter.Main,
	"keda-webhooks":           kedawebhooks.Main,
}

func main() {
	role, named := roles[filepath.Base(os.Args[0])]
	if !named && len(os.Args) > 1 {
		if role, named = roles[os.Args[1]]; named {
			os.Args = os.Args[1:]
		}
	}
	if !named {
		fmt.Fprintln(os.Stderr, "usage: kubernetes etcd|kube-apiserver|kube-controller-manager|kube-scheduler|keda-operator|keda-adapter|keda-webhooks …")
		os.Exit(64)
	}
	role()
}
