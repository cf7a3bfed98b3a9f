package job

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// Every record is seen once, page by page, whatever becomes of the others.
func TestSweepSeesEveryRecordOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all := []string{"a", "b", "c", "d", "e"}
		bad := errors.New("c does not work")
		var seen []string
		err := Sweep(t.Context(), d, func(_ db.Reader, after string) ([]string, error) {
			at, _ := slices.BinarySearchFunc(all, after, func(x, after string) int {
				if x > after {
					return 1
				}
				return -1
			})
			return all[at:min(at+2, len(all))], nil
		}, strings.Clone, func(_ context.Context, x string) error {
			seen = append(seen, x)
			if x == "c" {
				return bad
			}
			return nil
		})
		if !errors.Is(err, bad) || !slices.Equal(seen, all) {
			t.Errorf("saw %v, %v", seen, err)
		}
		none := errors.New("nothing can be read")
		err = Sweep(t.Context(), d, func(db.Reader, string) ([]string, error) { return nil, none }, strings.Clone, nil)
		if !errors.Is(err, none) {
			t.Error(err)
		}
	})
}
