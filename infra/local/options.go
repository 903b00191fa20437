package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// options are the flags of run; tests start second clouds with their own.
type options struct {
	root      string // the project
	state     string
	webPort   int // 0: any free one
	smtpPort  int
	readyFile string
	domains   []string
	samples   bool
}

// sampleDomains are the mail domains of the sample directory.
const sampleDomains = "qw.gob.pe"

func parseOptions(arguments []string) (options, error) {
	root, err := projectRoot()
	if err != nil {
		return options{}, err
	}
	o := options{root: root}
	var domains string
	flags := flag.NewFlagSet("local run", flag.ContinueOnError)
	flags.StringVar(&o.state, "state", stateDir(root), "folder of this cloud's data")
	flags.IntVar(&o.webPort, "web-port", environmentPort("DESK_WEB_PORT", 8080), "port of the pages; 0 for any")
	flags.IntVar(&o.smtpPort, "smtp-port", environmentPort("DESK_SMTP_PORT", 2525), "port that takes mail in; 0 for any")
	flags.StringVar(&o.readyFile, "ready-file", "", "file to describe the running cloud in, once it is ready")
	flags.StringVar(&domains, "own-domains", sampleDomains, "domains whose senders pass every mail check")
	flags.BoolVar(&o.samples, "samples", true, "load the sample data")
	if err := flags.Parse(arguments); err != nil {
		return options{}, err
	}
	o.domains = strings.Split(domains, ",")
	o.state, err = filepath.Abs(o.state)
	return o, err
}

func stateDir(root string) string { return filepath.Join(root, ".local", "state") }

func environmentPort(name string, standard int) int {
	if port, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return port
	}
	return standard
}

// projectRoot is the folder of go.mod, here or above.
func projectRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		dir = filepath.Dir(dir)
	}
	return "", errors.Join(err, errors.New("no go.mod here or above"))
}

// listen claims a loopback port at once, so that a busy one is told before any
// long step.
func listen(port int, flagName string) (net.Listener, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("El puerto %d está ocupado; ciérrelo o elija otro con -%s.\nPort %d is in use; free it or choose another with -%s", port, flagName, port, flagName) //nolint:staticcheck // whole sentences, shown to people
	}
	return listener, nil
}

// portOf is the port a loopback listener got.
func portOf(listener net.Listener) int {
	return listener.Addr().(*net.TCPAddr).Port
}
