package sesmail

import (
	"errors"
	"net"
	"syscall"
)

// refusedConnection tells whether the call surely never reached SES: nobody
// listened, or the name did not resolve.
func refusedConnection(err error) bool {
	if errors.Is(err, syscall.ECONNREFUSED) {
		return true
	}
	_, unresolved := errors.AsType[*net.DNSError](err)
	return unresolved
}
