// Command crds renders the kustomization in a folder, as `kubectl kustomize` does, and prints its objects as one
// JSON array: KEDA's resource definitions, with the patches that its releases have.
package main

import (
	"encoding/json"
	"log"
	"os"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: crds <folder of a kustomization>")
	}
	rendered, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	objects := []map[string]any{}
	for _, resource := range rendered.Resources() {
		object, err := resource.Map()
		if err != nil {
			log.Fatal(err)
		}
		objects = append(objects, object)
	}
	if err := json.NewEncoder(os.Stdout).Encode(objects); err != nil {
		log.Fatal(err)
	}
}
