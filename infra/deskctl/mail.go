package main

type mailCmd struct {
	Classify mailClassifyCmd `cmd:"" help:"Clasifica los correos cuyas rutas lee, una línea JSON por cada uno. · Classifies the mails whose paths it reads, one JSON line each."`
	Replay   mailReplayCmd   `cmd:"" help:"Recibe otra vez los correos guardados que no tienen registro. · Receives again stored mail that has no record."`
	Preview  mailPreviewCmd  `cmd:"" help:"Escribe todos los correos que envía la mesa, para verlos. · Writes every mail that the desk sends, to look at."`
	Explain  mailExplainCmd  `cmd:"" help:"Dice qué haría la mesa con un correo, regla por regla. · Says what the desk would do with a mail, rule by rule."`
}
