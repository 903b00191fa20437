// Package cloud runs the emulated cloud: it starts and restarts the wrapped
// emulator, builds the functions and deploys the project's own template into
// it with the same two SAM commands that deploy to AWS, and reads the stack's
// outputs.
//
// Everything lives under one state folder, so two clouds can run side by side
// and deleting the folder forgets one. Nothing here reads the AWS settings of
// the person who runs it: child processes get their own, which reach no other
// place than the emulator.
package cloud
