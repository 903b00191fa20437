package cloud

import (
	"os/exec"
	"syscall"
)

// EndWithParent lets a command be told to end when whoever starts it dies, even
// by kill -9: an emulator that outlives its desk would hold its ports and every
// file its starter had open.
func EndWithParent(command *exec.Cmd) {
	if command.SysProcAttr == nil {
		command.SysProcAttr = &syscall.SysProcAttr{}
	}
	command.SysProcAttr.Pdeathsig = syscall.SIGTERM
}
