package plane

import "syscall"

// attributes give the process a group of its own, so that Ctrl-C reaches only this
// program, which then ends it in order; and have the kernel kill it when this program
// is killed.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
