package serial

import (
	"context"
	"embed"
	"io/fs"
	"sync"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of series.
func Migrations() fs.FS { return db.Tables(files) }

const (
	// largest is how many numbers a process reserves at most at a time, and so
	// the widest gap that its end leaves.
	largest = 64
	// remembered is how many series a process keeps blocks of. Series that
	// carry a date would pile up otherwise; a forgotten block is a gap.
	remembered = 4096
)

// Numbers hands out the numbers of every series of one database. It may be
// used by many goroutines, and by many processes at once.
type Numbers struct {
	db     *db.DB
	mu     sync.Mutex
	blocks map[string]*block
}

// block is what is left of a reservation: the numbers from next to end-1. Its
// lock is held while it is refilled, so that those who want a number of the
// same series wait for one reservation instead of making one each.
type block struct {
	mu        sync.Mutex
	next, end int64
	size      int64 // of the last reservation
}

// New returns the numbers of d.
func New(d *db.DB) *Numbers { return &Numbers{db: d, blocks: map[string]*block{}} }

// Next returns a number of the series that nobody got before, beginning with
// 1. It writes in a transaction of its own when its block is used up; do not
// call it inside of one.
func (n *Numbers) Next(ctx context.Context, series string) (number int64, err error) {
	b := n.block(series)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next == b.end {
		if err := n.refill(ctx, series, b); err != nil {
			return 0, err
		}
	}
	b.next++
	return b.next - 1, nil
}

// block returns the block of the series. When there are too many, all are
// forgotten; who holds one at that moment may still take numbers from it.
func (n *Numbers) block(series string) *block {
	n.mu.Lock()
	defer n.mu.Unlock()
	b, ok := n.blocks[series]
	if !ok {
		if len(n.blocks) >= remembered {
			clear(n.blocks)
		}
		b = &block{}
		n.blocks[series] = b
	}
	return b
}

// refill reserves twice as many numbers as the last time. It runs at read
// committed, where rivals for the row wait for each other; at a stricter level
// they would abort each other.
func (n *Numbers) refill(ctx context.Context, series string, b *block) (err error) {
	defer fault.Wrap(&err, "serial.refill(%s)", series)
	size, next := min(max(1, 2*b.size), largest), int64(0)
	err = n.db.InClaim(ctx, func(tx *db.Tx) (err error) {
		next, err = db.Value[int64](tx.Reader, `insert into serial (series, next) values ($1, 1 + $2)
			on conflict (series) do update set next = serial.next + $2 returning next`, series, size)
		return err
	})
	if err == nil {
		b.next, b.end, b.size = next-size, next, size
	}
	return err
}
