// Package storms proves what loads, races, crashes and restarts must not break: on
// one local stack of its own, so that it may run beside the stories of the folder
// above. See README.md there.
package storms
