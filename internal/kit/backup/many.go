package backup

import (
	"context"
	"runtime"
	"sync"
)

// batch is how many blobs are looked after together.
const batch = 128

// many does a thing for each of n blobs, on all processors, each time with a
// buffer, and returns what went wrong with each.
func many(ctx context.Context, n int, do func(i int, buffer []byte) error) []error {
	errs, next := make([]error, n), make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	var workers sync.WaitGroup
	for range min(n, max(2, runtime.NumCPU())) {
		workers.Go(func() {
			buffer := make([]byte, bufferSize)
			for i := range next {
				if errs[i] = ctx.Err(); errs[i] == nil {
					errs[i] = do(i, buffer)
				}
			}
		})
	}
	workers.Wait()
	return errs
}

// inBatches gives all entries of a list to a function, in batches.
func (x *entries) inBatches(f func([]entry) error) error {
	work := make([]entry, 0, batch)
	err := x.all(func(e entry) error {
		if work = append(work, e); len(work) < batch {
			return nil
		}
		full := work
		work = work[:0]
		return f(full)
	})
	if err != nil || len(work) == 0 {
		return err
	}
	return f(work)
}
