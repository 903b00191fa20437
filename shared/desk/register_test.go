package desk

import (
	"testing"
	"time"
)

func TestMonthsAndYearsTurnAtMidnightInLima(t *testing.T) {
	tests := []struct {
		name, at   string
		wantPeriod string
		wantNumber Number
	}{
		{"last second of the year", "2027-01-01T04:59:59Z", "202612", "2026-000007"},
		{"first second of the year", "2027-01-01T05:00:00Z", "202701", "2027-000007"},
		{"new year in Greenwich only", "2027-01-01T00:00:00Z", "202612", "2026-000007"},
		{"last second of February", "2028-03-01T04:59:59Z", "202802", "2028-000007"},
		{"first second of March", "2028-03-01T05:00:00Z", "202803", "2028-000007"},
		{"written in another zone", "2026-10-01T06:30:00+02:00", "202609", "2026-000007"},
		{"northern summer, no other hour", "2026-07-01T04:59:59Z", "202606", "2026-000007"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, test.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := Period(at); got != test.wantPeriod {
				t.Errorf("Period(%s) = %s, want %s", test.at, got, test.wantPeriod)
			}
			if got := NumberOf(at, 7); got != test.wantNumber {
				t.Errorf("NumberOf(%s, 7) = %s, want %s", test.at, got, test.wantNumber)
			}
		})
	}
}

func TestNumbersKeepGrowingAfterSixDigits(t *testing.T) {
	at := time.Date(2026, 9, 15, 12, 0, 0, 0, Lima)
	for n, want := range map[int]Number{1: "2026-000001", 4217: "2026-004217", 999_999: "2026-999999", 1_000_000: "2026-1000000"} {
		if got := NumberOf(at, n); got != want {
			t.Errorf("NumberOf(%d) = %s, want %s", n, got, want)
		}
	}
}
