//go:build tools

package main

// Built by its own name.
import _ "sigs.k8s.io/kind"
