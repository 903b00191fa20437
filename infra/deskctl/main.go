// Command deskctl is the operator's tool: it moves the local clock, imports the
// directory, replays mail and verifies that what is stored is true.
//
// It finds the desk in the DESK_… variables that the functions have, else in
// the description that a running local desk leaves in .local/state/local.json.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

// cli is every command; the tags are its help.
type cli struct {
	Local string `help:"Descripción de la mesa local en marcha. · Description of the running local desk." default:".local/state/local.json" env:"DESK_LOCAL_FILE" type:"path"`

	Calendar    calendarCmd    `cmd:"" help:"Muestra o cambia feriados y días no laborables. · Shows or changes holidays and days off."`
	Catalogue   catalogueCmd   `cmd:"" help:"Publica o exporta el catálogo de servicios. · Publishes or exports the service catalogue."`
	Clock       clockCmd       `cmd:"" help:"Muestra o adelanta el reloj local. · Shows or moves the local clock."`
	Directory   directoryCmd   `cmd:"" help:"Importa o exporta el directorio. · Imports or exports the directory."`
	Flows       flowsCmd       `cmd:"" help:"Imprime la tabla del procedimiento. · Prints the table of the procedure."`
	Institution institutionCmd `cmd:"" help:"Muestra o fija nombres, códigos y direcciones de la institución. · Shows or sets the institution's names, codes and addresses."`
	Mail        mailCmd        `cmd:"" help:"Repite, explica o clasifica correos. · Replays, explains or classifies mail."`
	Machines    machinesCmd    `cmd:"" help:"Compara las esperas con sus ejecuciones. · Compares the waits with their executions."`
	Policy      policyCmd      `cmd:"" help:"Muestra o cambia la política local. · Shows or changes the local policy."`
	Procedure   procedureCmd   `cmd:"" help:"Muestra o publica las versiones del procedimiento. · Shows or publishes the versions of the procedure."`
	Sample      sampleCmd      `cmd:"" help:"Carga los datos de ejemplo. · Loads the sample data."`
	Token       tokenCmd       `cmd:"" help:"Da un token de acceso para la API local. · Prints an access token for the local API."`
	Verify      verifyCmd      `cmd:"" help:"Comprueba casos, cadenas, esperas y números. · Verifies tickets, chains, waits and numbers."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// streams are what a command reads and writes beside files.
type streams struct {
	in          io.Reader
	out, errOut io.Writer
}

// run parses and executes; 0 done, 1 failed, 2 used wrongly.
func run(ctx context.Context, args []string, std streams) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c, kong.Name("deskctl"), kong.Description("La mesa de ayuda, para quien la opera. · The service desk, for its operators."),
		kong.UsageOnError(), kong.Writers(std.out, std.errOut), kong.Exit(func(code int) { exit = code }), kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(std.out, (*io.Writer)(nil)), kong.Bind(&std))
	if err != nil {
		fmt.Fprintln(std.errOut, err)
		return 2
	}
	parsed, err := parser.Parse(args)
	switch {
	case exit >= 0: // --help
		return exit
	case err != nil:
		fmt.Fprintf(std.errOut, "deskctl: %v\nVea «deskctl --help».\n", err)
		return 2
	}
	if err := parsed.Run(&c); err != nil {
		fmt.Fprintf(std.errOut, "deskctl: %v\n", err)
		return 1
	}
	return 0
}
