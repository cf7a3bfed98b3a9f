package tlog

import "qingfeng/internal/kit/db"

// Integrate is one turn of the sequencer, inside a transaction of the test's.
func (l *Log) Integrate(tx *db.Tx) (int, error) {
	b, err := l.integrate(tx)
	return b.n, err
}

// Batch is how many leaves one turn takes at the most.
const Batch = batch
