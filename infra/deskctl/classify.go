package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mesa/shared/intake"
)

type mailClassifyCmd struct {
	Address []string `help:"Dirección propia de la mesa, cuyos correos se descartan; puede repetirse. · An address of the desk's own, whose mail is dropped; may be repeated."`
}

// Help tells what a line holds and what is supposed.
func (mailClassifyCmd) Help() string {
	return `Lee rutas de archivos por la entrada estándar, una por línea, y escribe por cada una, en el mismo orden y sin esperar a las demás, una línea JSON:

  {"file":…,"decision":"ticket|comment|bounce|drop|quarantine|reject","from_email":…,"from_name":…,"subject":…,"body_text":…,"attachments":[{"name":…,"bytes":…,"sha256":…}],"is_auto_reply":…,"is_bounce":…}

Es el código de la función mail-in. Sin recibo de SES se supone que el remitente está verificado y es conocido; nada se guarda ni se envía. Cada archivo se decide por sí solo: el mismo correo dos veces recibe dos veces la misma decisión. «body_text» es todo el texto legible, con citas y firma: la versión de texto si la hay, si no la HTML convertida. «is_auto_reply» marca lo que escribió un programa y nadie debe responder: «drop» si contesta a otro correo, «quarantine» si no. Un archivo que no se puede leer queda en «quarantine» y su causa va a la salida de errores; el código de salida es 0.

· Reads file paths on standard input, one a line, and writes one JSON object a line, in the same order, each as soon as it is decided. It is the code of the mail-in function. Without a receipt of SES the sender is supposed verified and known; nothing is stored or sent. Each file is decided by itself: the same mail twice gets the same decision twice, and none counts as a duplicate. "body_text" is all readable text, quotes and signature included: the plain version if there is one, else the HTML version as text. "is_auto_reply" marks what a program wrote and nothing may answer: "drop" if it answers another mail, else "quarantine". A file that cannot be read is "quarantine", with the cause on standard error; the exit code is 0. A leading mbox "From " line is no part of the mail.`
}

// Run classifies each file named on the input.
func (m mailClassifyCmd) Run(std *streams) error {
	lines := bufio.NewReader(std.in)
	encoder := json.NewEncoder(std.out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := lines.ReadString('\n')
		if name := strings.TrimRight(line, "\r\n"); name != "" {
			if err := encoder.Encode(m.classify(name, std.errOut)); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("lista de archivos: %w", err)
		}
	}
}

// classify reads one file; what cannot be read gets its line all the same.
func (m mailClassifyCmd) classify(name string, errOut io.Writer) intake.Classification {
	raw, err := readMail(name)
	if err != nil {
		fmt.Fprintf(errOut, "deskctl: %v\n", err)
		return intake.Unreadable(name)
	}
	return intake.Classify(name, raw, m.Address)
}

// readMail reads a file that may hold a mail: as much as SES would take.
func readMail(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: no es un archivo", name)
	case info.Size() > intake.MaxRaw:
		return nil, fmt.Errorf("%s: pasa de %d MB, lo que SES recibe", name, intake.MaxRaw>>20)
	}
	return os.ReadFile(name)
}
