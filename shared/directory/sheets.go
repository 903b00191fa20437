package directory

import (
	"strconv"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// sheets describes every table of the directory. The header of a CSV file is
// these names; columns may stand in any order after the first, and those that
// need no value may be left out.
func sheets() []sheet {
	return []sheet{
		sedeTable(), unitTable(), personTable(), headTable(), substituteTable(),
		teamTable(), systemTable(), systemUserTable(), roomTable(), equipmentTable(),
	}
}

func sedeTable() table[Sede] {
	return table[Sede]{Sedes, append([]column[Sede]{
		text("sede", idCell, func(r *Sede) *desk.SedeID { return &r.ID }).asKey().needed(),
		text("name", textCell, func(r *Sede) *string { return &r.Name }).needed(),
	}, dates(func(r *Sede) *Period { return &r.Period })...), func(r *Records) *[]Sede { return &r.Sedes }}
}

func unitTable() table[Unit] {
	return table[Unit]{Units, append([]column[Unit]{
		text("unit", idCell, func(r *Unit) *desk.UnitID { return &r.ID }).asKey().needed(),
		text("name", textCell, func(r *Unit) *string { return &r.Name }).needed(),
		text("kind", oneOf(Organic, Territorial, UTI), func(r *Unit) *UnitKind { return &r.Kind }).needed(),
		text("sede", idCell, func(r *Unit) *desk.SedeID { return &r.Sede }).needed().naming(Sedes),
		text("parent", idCell, func(r *Unit) *desk.UnitID { return &r.Parent }).naming(Units),
		text("title", textCell, func(r *Unit) *string { return &r.Title }).needed(),
		text("mail", addressCell, func(r *Unit) *string { return &r.Mail }),
		values("hours", func(r *Unit) *[]calendar.Interval { return &r.Hours }, hoursCell, hoursText),
	}, dates(func(r *Unit) *Period { return &r.Period })...), func(r *Records) *[]Unit { return &r.Units }}
}

func personTable() table[Person] {
	return table[Person]{People, append([]column[Person]{
		text("person", idCell, func(r *Person) *desk.PersonID { return &r.ID }).asKey().needed(),
		text("name", textCell, func(r *Person) *string { return &r.Name }).needed(),
		words("emails", addressCell, func(r *Person) *[]string { return &r.Emails }).needed(),
		text("unit", idCell, func(r *Person) *desk.UnitID { return &r.Unit }).needed().naming(Units),
		text("area", textCell, func(r *Person) *string { return &r.Area }),
		text("phone", textCell, func(r *Person) *string { return &r.Phone }),
		words("roles", oneOf(personRoles()...), func(r *Person) *[]Role { return &r.Roles }),
		value("disabled", func(r *Person) *bool { return &r.Disabled }, yesCell, yesText),
	}, dates(func(r *Person) *Period { return &r.Period })...), func(r *Records) *[]Person { return &r.People }}
}

func headTable() table[Head] {
	return table[Head]{Heads, append([]column[Head]{
		text("head_of", idCell, func(r *Head) *desk.UnitID { return &r.Unit }).asKey().needed().naming(Units),
		text("person", idCell, func(r *Head) *desk.PersonID { return &r.Person }).needed().naming(People),
		text("basis", textCell, func(r *Head) *string { return &r.Basis }),
	}, dates(func(r *Head) *Period { return &r.Period })...), func(r *Records) *[]Head { return &r.Heads }}
}

func substituteTable() table[Substitute] {
	return table[Substitute]{Substitutes, append([]column[Substitute]{
		text("substitute", idCell, func(r *Substitute) *desk.PersonID { return &r.Person }).asKey().needed().naming(People),
		text("principal", idCell, func(r *Substitute) *desk.PersonID { return &r.Principal }).asKey().naming(People),
		text("head_of", idCell, func(r *Substitute) *desk.UnitID { return &r.Unit }).asKey().naming(Units),
		text("basis", textCell, func(r *Substitute) *string { return &r.Basis }),
	}, dates(func(r *Substitute) *Period { return &r.Period })...), func(r *Records) *[]Substitute { return &r.Substitutes }}
}

func teamTable() table[Team] {
	return table[Team]{Teams, append([]column[Team]{
		text("team", idCell, func(r *Team) *desk.TeamID { return &r.ID }).asKey().needed(),
		text("name", textCell, func(r *Team) *string { return &r.Name }).needed(),
		text("unit", idCell, func(r *Team) *desk.UnitID { return &r.Unit }).naming(Units),
		text("mailbox", addressCell, func(r *Team) *string { return &r.Mailbox }),
		text("lead", idCell, func(r *Team) *desk.PersonID { return &r.Lead }).naming(People),
		words("members", idCell, func(r *Team) *[]desk.PersonID { return &r.Members }).naming(People),
		text("role", oneOf(teamRoles()...), func(r *Team) *Role { return &r.Role }).needed(),
		values("serves", func(r *Team) *[]Serving { return &r.Serves }, servingCell, servingText),
	}, dates(func(r *Team) *Period { return &r.Period })...), func(r *Records) *[]Team { return &r.Teams }}
}

func systemTable() table[System] {
	return table[System]{Systems, append([]column[System]{
		text("system", idCell, func(r *System) *desk.ServiceID { return &r.ID }).asKey().needed(),
		text("name", textCell, func(r *System) *string { return &r.Name }).needed(),
		text("owner", idCell, func(r *System) *desk.UnitID { return &r.Owner }).needed().naming(Units),
		text("evaluates", oneOf(ByLine, ByOwner), func(r *System) *Evaluation { return &r.Evaluates }),
	}, dates(func(r *System) *Period { return &r.Period })...), func(r *Records) *[]System { return &r.Systems }}
}

func systemUserTable() table[SystemUser] {
	return table[SystemUser]{SystemUsers, append([]column[SystemUser]{
		text("user_of", idCell, func(r *SystemUser) *desk.ServiceID { return &r.System }).asKey().needed().naming(Systems),
		text("person", idCell, func(r *SystemUser) *desk.PersonID { return &r.Person }).asKey().needed().naming(People),
	}, dates(func(r *SystemUser) *Period { return &r.Period })...), func(r *Records) *[]SystemUser { return &r.SystemUsers }}
}

func roomTable() table[Room] {
	return table[Room]{Rooms, append([]column[Room]{
		text("room", idCell, func(r *Room) *string { return &r.ID }).asKey().needed(),
		text("name", textCell, func(r *Room) *string { return &r.Name }).needed(),
		text("sede", idCell, func(r *Room) *desk.SedeID { return &r.Sede }).needed().naming(Sedes),
		value("multiuse", func(r *Room) *bool { return &r.Multiuse }, yesCell, yesText),
		value("seats", func(r *Room) *int { return &r.Seats }, countCell, strconv.Itoa),
	}, dates(func(r *Room) *Period { return &r.Period })...), func(r *Records) *[]Room { return &r.Rooms }}
}

func equipmentTable() table[Equipment] {
	return table[Equipment]{Assets, append([]column[Equipment]{
		text("asset_code", idCell, func(r *Equipment) *string { return &r.Code }).asKey().needed(),
		text("kind", textCell, func(r *Equipment) *string { return &r.Kind }).needed(),
		text("name", textCell, func(r *Equipment) *string { return &r.Name }),
		text("unit", idCell, func(r *Equipment) *desk.UnitID { return &r.Unit }).needed().naming(Units),
		text("person", idCell, func(r *Equipment) *desk.PersonID { return &r.Person }).naming(People),
	}, dates(func(r *Equipment) *Period { return &r.Period })...), func(r *Records) *[]Equipment { return &r.Equipment }}
}
