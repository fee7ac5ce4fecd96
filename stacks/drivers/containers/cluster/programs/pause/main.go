// Command pause holds a pod's namespaces open. It ends when it is told to: the kernel would not end the first process of
// a namespace for a signal that nobody handles.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM, syscall.SIGINT)
	<-told
}
