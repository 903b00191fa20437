package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"mesa/infra/local/cloud"
	"mesa/infra/local/front"
	"mesa/infra/local/toolchain"
)

// site is a local cloud being started or running.
type site struct {
	options  options
	state    cloud.State
	steps    *steps
	web      net.Listener
	smtp     net.Listener
	front    front.Front
	emulator *cloud.Emulator
	outputs  map[string]string
	sources  string
}

// start brings a cloud up, tells what to try and serves until ctx ends.
func start(ctx context.Context, arguments []string) error {
	o, err := parseOptions(arguments)
	if err != nil {
		return err
	}
	s := &site{options: o, state: cloud.State{Dir: o.state}}
	release, err := s.state.Lock()
	if err != nil {
		return err
	}
	defer release()
	if err := s.claimPorts(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go s.serveWeb(ctx, cancel)
	if err := s.bringUp(ctx); err != nil {
		if ctx.Err() != nil { // stopped by a person: what it broke off is no error
			err = context.Cause(ctx)
		}
		return errors.Join(err, s.stop())
	}
	defer func() { _ = os.Remove(s.state.LocalFile()) }()
	go s.takeMail(ctx, cancel)
	go s.tellOfMail(ctx, cancel)
	guide(os.Stdout, s)
	select {
	case <-ctx.Done():
	case <-s.emulator.Died():
		cancel(fmt.Errorf("El emulador terminó; vea %s.\nThe emulator ended; see %s", s.state.EmulatorLog(), s.state.EmulatorLog())) //nolint:staticcheck // whole sentences, shown to people
	}
	fmt.Println("\nGuardando y cerrando… / Saving and closing…")
	return errors.Join(context.Cause(ctx), s.stop())
}

func (s *site) claimPorts() (err error) {
	if s.web, err = listen(s.options.webPort, "web-port"); err != nil {
		return err
	}
	s.smtp, err = listen(s.options.smtpPort, "smtp-port")
	return err
}

func (s *site) webURL() string { return fmt.Sprintf("http://localhost:%d", portOf(s.web)) }

func (s *site) serveWeb(ctx context.Context, cancel context.CancelCauseFunc) {
	server := &http.Server{Handler: &s.front, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(s.web); !errors.Is(err, http.ErrServerClosed) {
		cancel(err)
	}
}

// bringUp does every step until the desk is ready.
func (s *site) bringUp(ctx context.Context) error {
	fmt.Println("Preparando la mesa de ayuda local / Preparing the local service desk")
	s.steps = newSteps(os.Stdout)
	programs, err := tools(ctx, os.Stdout)
	if err != nil {
		return err
	}
	if s.sources, err = cloud.Sources(s.options.root); err != nil {
		return err
	}
	// The emulator starts while the functions are built: both take seconds.
	started := make(chan error, 1)
	go func() { started <- s.startEmulator(ctx, programs) }()
	build := s.deployment(programs)
	err = s.steps.run("Compilando las funciones", "building the functions", func() (bool, error) { return build.Build(ctx, s.sources) })
	if err = errors.Join(err, <-started); err != nil {
		return err
	}
	if err := s.deploy(ctx, programs); err != nil {
		return err
	}
	if err := s.openDoors(); err != nil {
		return err
	}
	return s.describeAndLoad(ctx)
}

func (s *site) startEmulator(ctx context.Context, programs toolchain.Tools) (err error) {
	infra := filepath.Join(s.options.root, "infra")
	s.emulator, err = cloud.StartEmulator(ctx, cloud.Program{
		Python: programs.EmulatorPython, Wrapper: filepath.Join(infra, "local"),
		Settings: []string{"DESK_ACCOUNTS=" + filepath.Join(infra, "sample", "accounts.csv"), "DESK_ACCOUNTS_PASSWORD=" + practicePassword},
	}, s.state)
	return err
}

func (s *site) deployment(programs toolchain.Tools) cloud.Deployment {
	d := cloud.Deployment{
		Root: s.options.root, Sam: programs.Sam, State: s.state,
		BuildDir: filepath.Join(s.options.root, ".local", "build"),
		Override: map[string]string{
			"Architecture": cloud.Architecture(), "PortalUrl": s.webURL(), "OidcDiscoveryUrl": s.webURL(),
		},
	}
	if s.emulator != nil {
		d.Emulator = s.emulator.URL()
	}
	return d
}

func (s *site) deploy(ctx context.Context, programs toolchain.Tools) error {
	return s.steps.run("Desplegando en el emulador", "deploying to the emulator", func() (deployed bool, err error) {
		if deployed, err = s.deployment(programs).Deploy(ctx, s.sources); err != nil {
			return deployed, err
		}
		if s.outputs, err = cloud.Outputs(ctx, s.emulator.URL()); err != nil {
			return deployed, err
		}
		return deployed, s.emulator.Save(ctx)
	})
}

// stop ends the emulator, which saves its state.
func (s *site) stop() error {
	if s.emulator == nil {
		return nil
	}
	return s.emulator.Stop()
}
