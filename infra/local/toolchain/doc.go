// Package toolchain checks the tools a newcomer must have (Go, Python, make)
// and prepares those they need not have: one Python environment for the
// emulator and one for the SAM CLI. They cannot share one, since their pins of
// the same library differ.
//
// Every package is pinned with its hash in infra/local/python/*.txt. A stamp
// file, the hash of those pins, makes a second run cost nothing. uv installs
// the environments in seconds where pip takes more than a minute; uv itself is
// a package like the others, installed once by pip.
package toolchain
