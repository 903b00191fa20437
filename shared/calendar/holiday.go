package calendar

import "time"

// Holiday is a day off with the name by which people know it, in Spanish
// because the portal shows it.
type Holiday struct {
	Date Date   `json:"date"`
	Name string `json:"name"`
}

// nationalCount is the number of public holidays of every year.
const nationalCount = 16

// nationalDay is one rule: a fixed date, or a distance from Easter Sunday.
type nationalDay struct {
	month  time.Month
	day    int
	easter int
	name   string
}

// nationalDays are the holidays by law (D.Leg. 713 art. 6 as amended by Leyes
// 31381, 31530, 31788 and 31822), in the order of the year: Easter Sunday lies
// between 22 March and 25 April, so the movable ones keep their place. A
// holiday on a weekend is not moved. The rules are applied to every year, those
// before the amendments too: nothing is counted so far back. Never reassigned.
var nationalDays = [nationalCount]nationalDay{
	{month: time.January, day: 1, name: "Año Nuevo"},
	{easter: -3, name: "Jueves Santo"},
	{easter: -2, name: "Viernes Santo"},
	{month: time.May, day: 1, name: "Día del Trabajo"},
	{month: time.June, day: 7, name: "Batalla de Arica y Día de la Bandera"},
	{month: time.June, day: 29, name: "San Pedro y San Pablo"},
	{month: time.July, day: 23, name: "Día de la Fuerza Aérea del Perú"},
	{month: time.July, day: 28, name: "Fiestas Patrias"},
	{month: time.July, day: 29, name: "Fiestas Patrias"},
	{month: time.August, day: 6, name: "Batalla de Junín"},
	{month: time.August, day: 30, name: "Santa Rosa de Lima"},
	{month: time.October, day: 8, name: "Combate de Angamos"},
	{month: time.November, day: 1, name: "Día de Todos los Santos"},
	{month: time.December, day: 8, name: "Inmaculada Concepción"},
	{month: time.December, day: 9, name: "Batalla de Ayacucho"},
	{month: time.December, day: 25, name: "Navidad"},
}

// National returns the public holidays of a year in date order.
func National(year int) []Holiday {
	list := make([]Holiday, nationalCount)
	for i, number := range nationalNumbers(year) {
		list[i] = Holiday{Date: dateOfNumber(number), Name: nationalDays[i].name}
	}
	return list
}

// nationalNumbers are the same days as sorted day numbers.
func nationalNumbers(year int) [nationalCount]int {
	var numbers [nationalCount]int
	newYear := Date{Year: year, Month: time.January, Day: 1}.number()
	leap := Date{Year: year, Month: time.March, Day: 1}.number() - newYear - daysBefore[time.March]
	easter := easterSunday(year).number()
	for i, rule := range nationalDays {
		switch {
		case rule.easter != 0:
			numbers[i] = easter + rule.easter
		case rule.month <= time.February:
			numbers[i] = newYear + daysBefore[rule.month] + rule.day - 1
		default:
			numbers[i] = newYear + daysBefore[rule.month] + leap + rule.day - 1
		}
	}
	return numbers
}

// daysBefore counts the days of a common year before each month. Never reassigned.
var daysBefore = [...]int{0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}

func isNational(number int) bool {
	for _, holiday := range nationalNumbers(dateOfNumber(number).Year) {
		if holiday == number {
			return true
		}
	}
	return false
}

// easterSunday is the Gregorian computus in the form that Meeus, Jones and
// Butcher published; the letters are theirs. It holds for every year after 1582.
func easterSunday(year int) Date {
	a := year % 19
	b, c := year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	day := (h+l-7*m+114)%31 + 1
	return Date{Year: year, Month: time.Month(month), Day: day}
}
