package calendar

import (
	"database/sql/driver"
	"fmt"
)

// Value stores a limit as its text.
func (l Limit) Value() (driver.Value, error) { return l.String(), nil }

// Scan reads a limit from its text.
func (l *Limit) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return l.UnmarshalText([]byte(v))
	case []byte:
		return l.UnmarshalText(v)
	default:
		return fmt.Errorf("calendar: %T is not a limit", src)
	}
}
