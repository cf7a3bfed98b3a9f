package app

import (
	"io"
	"sync/atomic"
	"syscall"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/intake"
)

// BenchmarkAccept is a report as strangers hand it in, without the web around
// it. Processor time says more than the clock on a machine that others use.
func BenchmarkAccept(b *testing.B) {
	place := Place{Data: b.TempDir()}
	if code := Run(b.Context(), []string{"setup", "370200", "--data", place.Data}, io.Discard, io.Discard); code != 0 {
		b.Fatal("no setup")
	}
	s, err := Open(b.Context(), place, Web{Limits: "off"}, clock.System)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	said := intake.Submission{Region: "370200", Category: "A", Narrative: "等了两个小时，没有人来解释。", Mode: "anonymous"}
	var accepted atomic.Int64
	begin := processor(b)
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Intake.Submit(b.Context(), said, intake.Origin{}); err != nil {
				b.Error(err)
				return
			}
			accepted.Add(1)
		}
	})
	b.ReportMetric(float64(processor(b)-begin)/float64(accepted.Load()), "cpu-µs/report")
	begin = processor(b)
	if err := s.Log.Sequence(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(processor(b)-begin)/float64(accepted.Load()), "sequencer-cpu-µs/report")
}

// processor is the processor time of this process so far, in microseconds.
func processor(b *testing.B) int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return (u.Utime.Sec+u.Stime.Sec)*1e6 + u.Utime.Usec + u.Stime.Usec
}
