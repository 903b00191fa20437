"""The sign-in page: its words and its accounts."""

import tempfile
import types
import unittest
from pathlib import Path

from emulator import signin

FORM = """<div class="error">Incorrect username or password.</div>
<form method="POST" action="/login"><input type="hidden" name="state" value="Password">
<label for="username">Username</label><button type="submit">Sign in</button></form>"""


class SignInPage(unittest.TestCase):
    """What install puts in the place of the emulator's page."""

    def page(self, path="/none", password="secreto"):
        cognito = types.SimpleNamespace()
        signin.install(cognito, path, password)
        return cognito._page_shell("Sign in", "Sign in", FORM)

    def test_words_are_spanish_and_values_stay(self):
        page = self.page()
        for want in ('<html lang="es">', "<h1>Iniciar sesión</h1>", ">Correo institucional<",
                     ">El correo o la contraseña no coinciden.<", 'value="Password"'):
            self.assertIn(want, page)
        self.assertNotIn(">Sign in<", page)

    def test_accounts_are_listed_when_there_are_some(self):
        self.assertNotIn("<details", self.page())
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "accounts.csv")
            path.write_text("role,email,what\nadmin,admin@qw.example,«todo» & más\n", encoding="utf-8")
            page = self.page(str(path), "Clave-<1>")
        for want in ("admin@qw.example", "«todo» &amp; más", "Clave-&lt;1&gt;"):
            self.assertIn(want, page)
