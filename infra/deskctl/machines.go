package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	deskword "mesa/shared/desk"
	"mesa/shared/machines"
	"mesa/shared/sfnexec"
)

// machinesCmd looks after the executions that keep the waits.
type machinesCmd struct {
	Verify machinesVerifyCmd `cmd:"" help:"Compara cada espera abierta con su ejecución; no cambia nada. Termina con 1 si alguna difiere. · Compares every open wait with its execution; changes nothing. Exits 1 if any differs."`
}

type machinesVerifyCmd struct {
	All  bool `help:"Muestra también las que concuerdan. · Shows those that agree too."`
	JSON bool `name:"json" help:"Escribe una línea JSON por cada espera, todas. · Writes one JSON line a wait, all of them."`
}

// Run compares and prints; progress goes where errors go.
func (m machinesVerifyCmd) Run(ctx context.Context, c *cli, std *streams) error {
	d, err := c.connect(ctx, "DESK_APPROVAL_MACHINE_ARN", "DESK_ESCALATION_MACHINE_ARN", "DESK_HARDWARE_MACHINE_ARN")
	if err != nil {
		return err
	}
	inspection := &machines.Inspection{Store: d.Store, Executions: sfnexec.Open(d.AWS, d.Values), Now: d.Now, Progress: func(seen int) {
		fmt.Fprintf(std.errOut, "%d casos revisados\n", seen)
	}}
	found, err := inspection.Run(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(found, func(a, b machines.Finding) int { return a.WakeAt.Compare(b.WakeAt) })
	return m.report(std.out, found)
}

// report prints what was found and fails if anything differs.
func (m machinesVerifyCmd) report(out io.Writer, found []machines.Finding) error {
	print := m.table
	if m.JSON {
		print = printLines
	}
	if err := print(out, found); err != nil {
		return err
	}
	differ := 0
	for _, f := range found {
		if f.Verdict.Differs() {
			differ++
		}
	}
	if differ > 0 {
		return fmt.Errorf("%d de %d no concuerdan", differ, len(found))
	}
	return nil
}

func printLines(out io.Writer, found []machines.Finding) error {
	encoder := json.NewEncoder(out)
	for _, f := range found {
		if err := encoder.Encode(f); err != nil {
			return err
		}
	}
	return nil
}

// table shows what differs or is on its way, with what to do, then the count.
func (m machinesVerifyCmd) table(out io.Writer, found []machines.Finding) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	counts, shown := map[machines.Verdict]int{}, 0
	for _, f := range found {
		if counts[f.Verdict]++; f.Verdict == machines.Agrees && !m.All {
			continue
		}
		if shown++; shown == 1 {
			fmt.Fprintln(w, "CASO\tESPERA\tVENCE\tEJECUCIÓN\tESTADO\tRESULTADO")
		}
		fmt.Fprintln(w, row(f))
	}
	told := map[machines.Verdict]bool{}
	for _, f := range found {
		if what := toDo(f.Verdict); what != "" && !told[f.Verdict] {
			told[f.Verdict] = true
			fmt.Fprintf(w, "\n%s: %s\n", verdictName(f.Verdict), what)
		}
	}
	fmt.Fprintf(w, "%d esperas: %d concuerdan, %d en camino, %d no concuerdan.\n", len(found), counts[machines.Agrees], counts[machines.OnTheWay],
		len(found)-counts[machines.Agrees]-counts[machines.OnTheWay])
	return w.Flush()
}

func row(f machines.Finding) string {
	due, execution, status, result := "", "sin ejecución", "", verdictName(f.Verdict)
	if !f.WakeAt.IsZero() {
		due = f.WakeAt.In(deskword.Lima).Format("02/01/2006 15:04:05")
	}
	if f.Machine != "" {
		execution, status = fmt.Sprintf("%s-%d", f.Machine, f.Generation), f.Status
		if status == "" {
			status = "no existe"
		}
	}
	if f.Cause != "" {
		result += " (" + f.Cause + ")"
	}
	number, wait := string(f.Number), string(f.Wait)
	if number == "" {
		number = string(f.Ticket)
	}
	if wait == "" {
		wait = "ninguna"
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s", number, wait, due, execution, status, result)
}

func verdictName(v machines.Verdict) string {
	return map[machines.Verdict]string{
		machines.Agrees: "concuerda", machines.OnTheWay: "en camino", machines.NotRunning: "sin ejecución en marcha", machines.OtherGeneration: "otra generación",
		machines.NoToken: "la ejecución espera otra cosa", machines.Late: "vencida", machines.Needless: "ejecución de más",
	}[v]
}

// toDo is what an operator does about a verdict; nothing of what agrees.
func toDo(v machines.Verdict) string {
	return map[machines.Verdict]string{
		machines.OnTheWay:        "su inicio o despertar está en cola o acaba de llegarle; si en unos minutos sigue así, Operaciones dice por qué.",
		machines.NotRunning:      "la revisión de cada minuto la inicia otra vez y conserva su fecha; si en diez minutos sigue así, use «Reintentar» en Operaciones.",
		machines.OtherGeneration: "la ejecución anterior fue reemplazada; repita en un minuto, y si sigue así use «Reintentar» en Operaciones.",
		machines.NoToken:         "se perdió un despertar; la ejecución lo notará al vencer lo que espera, y la fecha se atiende de todos modos. «Reintentar» en Operaciones la adelanta.",
		machines.Late:            "la revisión de cada minuto debió atenderla: vea la alarma sweeper-errors y su guía en infra/runbooks.",
		machines.Needless:        "ningún caso la necesita; termina sola cuando despierte. Puede detenerla en la consola de Step Functions.",
	}[v]
}
