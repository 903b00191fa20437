// Package statemachines holds the three waits of a ticket as AWS Step Functions and proves that they say what the procedure says.
//
// A machine holds no business state: it only waits. People decide in the table; a machine sleeps on a task token until the
// decision resumes it, or until the wait's time runs out, and then asks the workflow function what to do next. Every answer has
// one shape, {"next": …, "wait": …}, so all three machines are the same loop around different waits:
//
//	FollowAnswer ── Await… ──(answered)──────────────► FollowAnswer
//	                   └─────(time ran out)─ AskWhatIsDue ─► FollowAnswer
//	FollowAnswer ── done ─► WaitingOver,  superseded ─► Superseded,  anything else ─► RecordStuck ─► Stuck
//
// Because they are one shape, they are written from one table, All, and the files *.asl.json are what [Define] makes of
// it (go test ./statemachines -update). The files stay in the repository because they are what is deployed and what a reader
// opens; the test fails when file and table differ.
package statemachines

// Machine is one state machine: which waits it knows and where the procedure orders them.
type Machine struct {
	Name    string // file name and the word in execution names: approval
	Comment string // what the machine is for, without the time budget
	Clauses string // the clauses that all shared states serve
	Awaits  []Await
}

// Await is one wait of a machine: a state that sleeps on a task token.
type Await struct {
	State   string // AwaitUtHead
	Comment string // begins with the clause that orders the wait
}

// All lists the machines in the order in which a ticket meets them.
func All() []Machine {
	return []Machine{approval(), escalation(), hardwareDiagnosis()}
}

func approval() Machine {
	return Machine{
		Name:    "approval",
		Comment: "Approvals of a ticket (8.1.4, 8.3.2; R66-R71, R89): one wait per stage, and time never decides.",
		Clauses: "8.1.4, 8.3.2 (R69)",
		Awaits: []Await{
			{"AwaitUtHead", "8.1.4 a (R66): the head of the territorial unit approves or rejects first."},
			{"AwaitOrganicUnitHead", "8.1.4 a, b (R66, R68): the head of the organic unit in headquarters evaluates, in a territorial ticket only after the UT."},
			{"AwaitUtiHead", "8.3.2 (R89): the head of the UTI authorises what its specialists detected."},
		},
	}
}

func escalation() Machine {
	return Machine{
		Name:    "escalation",
		Comment: "Work on a ticket at the five levels (7.5; R39-R50), and the pauses for the requester or a vendor.",
		Clauses: "7.5 (R39, R50)",
		Awaits: []Await{
			{"AwaitLevel1", "7.5 level 1 (R40-R43): the help desk registers, solves or derives."},
			{"AwaitLevel2", "7.5 level 2, 8.1.5, 8.6.2 (R44, R48, R72): the specialists of the flow take the ticket and attend it."},
			{"AwaitLevel3", "7.5 level 3, 8.1.6, 8.1.7, 8.3.3 b (R45, R74, R75): databases and applications execute the pase."},
			{"AwaitLevel4", "7.5 level 4, 8.3.3 c (R46, R97): infrastructure attends networks and connectivity."},
			{"AwaitLevel5", "7.5 level 5 (R47): whoever answers for internal services and speaks with vendors."},
			{"AwaitRequester", "8.1.5, 8.3.3 a (R72): the requester was asked for what is missing; the level's time is paused."},
			{"AwaitVendor", "7.5 level 5 (R47): the vendor has a case open; the level's time is paused."},
		},
	}
}

func hardwareDiagnosis() Machine {
	return Machine{
		Name:    "hardware-diagnosis",
		Comment: "The 60 minutes of a hardware diagnosis and the custody of moved equipment (8.6.4, 8.6.5; R113-R116).",
		Clauses: "8.6.4, 8.6.5 (R113, R116)",
		Awaits: []Await{
			{"AwaitDiagnosis", "8.6.4 (R113, R114): 60 minutes from the start of the diagnosis, then one transfer mail."},
			{"AwaitCustody", "8.6.4 (R115): a person records who took the equipment, or why it was not moved."},
			{"AwaitReturn", "8.6.5 (R116): the equipment comes back before the ticket can close."},
		},
	}
}
