package app

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"qingfeng/internal/kit/cert"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/tlog"
)

// metrics counts requests by route. The route is the pattern, never the
// address that was asked for: that may hold a receipt.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics(q *job.Queue, l *tlog.Log, c *cert.Source) *metrics {
	m := &metrics{prometheus.NewRegistry(), prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "qingfeng_request_seconds", Help: "Time to answer, by route and status.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
	}, []string{"route", "status"})}
	jobs := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "qingfeng_job_seconds", Help: "Time that background jobs took on this server, by kind and outcome.", Buckets: prometheus.ExponentialBuckets(0.001, 4, 8),
	}, []string{"kind", "outcome"})
	q.Watch(func(kind string, took time.Duration, err error) {
		outcome := "done"
		if err != nil {
			outcome = "failed"
		}
		jobs.WithLabelValues(kind, outcome).Observe(took.Seconds())
	})
	m.registry.MustRegister(m.requests, jobs, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "qingfeng_jobs_oldest_seconds", Help: "How long the oldest due job has waited."}, func() float64 {
			_, oldest, err := q.Backlog(context.Background())
			if err != nil {
				return -1
			}
			return oldest.Seconds()
		}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "qingfeng_log_oldest_waiting_seconds", Help: "How long the oldest leaf has waited for the transparency log; -1 where it cannot be told."}, func() float64 {
			waits, err := l.Waits(context.Background())
			if err != nil {
				return -1
			}
			return waits.Seconds()
		}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "qingfeng_log_stopped", Help: "1 while the transparency log signs nothing, because the database differs from what was signed."}, func() float64 {
			if l.Stopped() != nil {
				return 1
			}
			return 0
		}))
	if c != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "qingfeng_certificate_days", Help: "Days until the certificate ends; below 0 when there is none."}, func() float64 {
			return c.Ends().Sub(clock.System()).Hours() / 24
		}))
	}
	return m
}

func (m *metrics) measure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := clock.System()
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r)
		m.requests.WithLabelValues(r.Pattern, strconv.Itoa(rec.status)).Observe(clock.System().Sub(begin).Seconds())
	})
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the status.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find what lies below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
