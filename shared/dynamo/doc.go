// Package dynamo keeps the desk in one DynamoDB table. It implements the
// interfaces that work, deliver, machines, approve, intake and the pages
// declare, and is the only place that sees the table's SDK.
//
// One table, two keys (pk, sk), three sparse indexes that hold keys only. An
// index says where to look; what is true is always read from the table.
//
//	ticket           T#<id>              META              the fold, the optimistic lock
//	record           T#<id>              E#<seq>           one act: body, hash before, hash
//	texts            T#<id>              X#<seq>           its free texts and salt
//	wait             T#<id>              W#<kind>#<n>      date, round, who was asked, task token
//	machine          T#<id>              M#<machine>       generation and heals
//	outbox item      T#<id>              O#<seq>.<n>       what to do, and how far it got
//	credential       T#<id>              CRED#<seq>        a password's ciphertext, until it is shown once
//	number           N#<number>          KEY               which ticket people mean
//	number counter   N#<year>            SEQ
//	idempotency key  K#<scope>#<key>     KEY
//	register row     R#<sede>#<yyyymm>   <n>, and SEQ            with all it said before
//	act on a month   R#<sede>#<yyyymm>   V#<number>        a V°B° of Anexo 01, or the reopening that voids them
//	room's day       ROOM#<id>           <Lima date>       its bookings and a version
//	directory        D#<kind>            <natural key>     see directory.go
//	catalogue        C#catalogue         <version>
//	policy, clock    S#policy, S#clock   <from>, clock
//	institution      S#institution       <from>            names, codes and addresses
//	procedure        S#institution       edition#<number>  one edition of it
//	its notice       S#told              <number>          how far it got
//	days off         S#calendar          <number>          one change: what was added or taken out, by whom, why
//	link tries       L#<link id>         TRIES             wrong codes of a signed link
//	mail             B#<reception id>    MAIL              what became of a received mail
//	address          A#<hash>            SUPPRESSED        mails to it come back, since when and why
//
//	index      partition              order                          what stands there
//	queue      Q#<team>#<level>       priority, age                  open tickets at a team
//	           A                      age                            tickets that wait for a decision
//	requester  R#<person>             age                            tickets of who asked
//	due        due#0 … due#7          time                           open waits, unfinished outbox items
//	           stuck, held, letters   ticket, time                   machines, mails in, mails out for a person to see
//	           suppressed             time                           addresses that take no mail now
//
// A write costs one unit for each KB and one more for each index entry that
// comes or goes, doubled in a transaction, and a ticket makes some 60 of them.
// So names are short, a time is a number of seconds, ordinary items stay under
// 1 KB, an index key changes only when the list it serves would, and what the
// index key says (when an item is due) is not said again beside it.
package dynamo
