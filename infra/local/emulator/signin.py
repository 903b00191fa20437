"""The sign-in page in Spanish, with the practice accounts of the sample directory.

On AWS Cognito's own page speaks the reader's language; the emulator's speaks
English only and knows no accounts to offer. The page is for newcomers: who
tries the desk here needs a name and a password to type.
"""

import csv
import html
import os

SPANISH = {
    "Sign in": "Iniciar sesión",
    "Username": "Correo institucional",
    "New password": "Contraseña nueva",
    "Confirm new password": "Repita la contraseña nueva",
    "Password": "Contraseña",
    "Update password": "Cambiar la contraseña",
    "Set a new password": "Elija una contraseña nueva",
    "Change password": "Cambiar la contraseña",
    "Incorrect username or password.": "El correo o la contraseña no coinciden.",
}

PAGE = """<!DOCTYPE html>
<html lang="es">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Mesa de ayuda local</title>
<style>
*{{box-sizing:border-box}}
body{{font:1rem/1.5 system-ui,sans-serif;color:#1f2328;background:#f6f8fa;margin:0;padding:2rem 1rem}}
main{{background:#fff;border:1px solid #c9d1d9;border-radius:.5rem;max-width:34rem;margin:0 auto;padding:1.5rem}}
h1{{font-size:1.4rem;margin:0 0 1rem}}
label{{display:block}}
input[type=text],input[type=password]{{font:inherit;width:100%;padding:.5rem;min-height:2.75rem;margin-bottom:1rem;
border:1px solid #57606a;border-radius:.3rem}}
button{{font:inherit;width:100%;min-height:2.75rem;background:#0b4480;color:#fff;border:0;border-radius:.3rem}}
:focus-visible{{outline:3px solid #0b57d0;outline-offset:2px}}
.error{{border-left:.3rem solid #b3261e;padding:.5rem 1rem;margin-bottom:1rem}}
details{{margin-top:1.5rem}} li{{overflow-wrap:anywhere}}
</style>
</head>
<body><main>
<h1>{heading}</h1>
{body}
{accounts}
</main></body>
</html>"""


def accounts_html(path, password):
    """The practice accounts as a list, empty when there are none."""
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8", newline="") as file:
        rows = [f"<li><strong>{html.escape(row['email'])}</strong>: {html.escape(row['what'])}</li>"
                for row in csv.DictReader(file)]
    return (f"<details open><summary>Cuentas de práctica, contraseña <strong>{html.escape(password)}</strong></summary>"
            f"<ul>{''.join(rows)}</ul></details>")


def spanish(text):
    """Replaces the page's own words where they stand between tags, nothing else."""
    for english, word in SPANISH.items():
        text = text.replace(f">{english}<", f">{word}<")
    return text


def install(cognito, path, password):
    """Wires the part."""
    def page(title, heading, body):
        return PAGE.format(title=SPANISH.get(title, title), heading=SPANISH.get(heading, heading),
                           body=spanish(body), accounts=accounts_html(path, password))

    cognito._page_shell = page
