package backup

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// What is written while a backup is made is in it whole or not at all: of two
// rows that come in one transaction never one alone, and no row without its
// blob.
func TestBackupWhileOthersWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, target := lived(t, d.Dialect(), t.TempDir()), t.TempDir()
		stop := make(chan struct{})
		var writers sync.WaitGroup
		for w := range 4 {
			writers.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
						s.pair(fmt.Sprintf("%d-%d", w, i))
					}
				}
			})
		}
		var folders []string
		for range 3 {
			folder, _ := s.backup(target)
			folders = append(folders, folder)
		}
		close(stop)
		writers.Wait()
		for _, folder := range folders[1:] {
			got := empty(t, d.Dialect(), t.TempDir())
			if err := got.restore(folder); err != nil {
				t.Fatal(err)
			}
			if odd := got.rows(`select substr(id, 2) from item where id like 'x%' or id like 'y%' group by substr(id, 2) having count(*) <> 2`); len(odd) > 0 {
				t.Errorf("%s: half a transaction: %v", filepath.Base(folder), odd)
			}
			there := got.contents()
			for _, sha := range []string{"sha", "thumb"} {
				for _, named := range got.rows(`select ` + sha + ` from item where ` + sha + ` <> ''`) {
					if _, ok := there[named[len(`[]interface {}{"`):len(named)-len(`"}`)]]; !ok {
						t.Errorf("%s: a row without its blob", filepath.Base(folder))
					}
				}
			}
		}
	})
}

// pair adds two rows and a blob, as one.
func (s *site) pair(id string) {
	ref, err := s.blobs.Put(s.t.Context(), strings.NewReader(id))
	if err == nil {
		err = s.db.InTx(s.t.Context(), func(tx *db.Tx) error {
			return db.InsertMany(tx, "item", "id, unit_id, sha, kept", [][]any{{"x" + id, "a", ref.SHA256, 1}, {"y" + id, "b", ref.SHA256, 1}})
		})
	}
	if err != nil {
		s.t.Error(err)
	}
}
