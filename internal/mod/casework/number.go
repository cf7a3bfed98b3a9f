package casework

import (
	"fmt"
	"strings"

	"qingfeng/internal/kit/db"
)

// IDOfNumber returns the identifier of the case with a number, typed in large
// or small letters; empty when there is none. Who asks must not learn more from
// it than that.
func IDOfNumber(r db.Reader, number string) (string, error) {
	ids, err := db.Values[string](r, `select id from case_file where number = $1`, strings.ToUpper(strings.TrimSpace(number)))
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// Numbers returns the numbers of cases by identifier; what is no case is absent.
func Numbers(r db.Reader, ids []string) (map[string]string, error) {
	type row struct{ ID, Number string }
	var w db.Where
	w.AndIn("id", ids)
	rows, err := db.All[row](r, `select id, number from case_file `+w.String(), w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("casework.Numbers: %w", err)
	}
	numbers := make(map[string]string, len(rows))
	for _, x := range rows {
		numbers[x.ID] = x.Number
	}
	return numbers, nil
}
