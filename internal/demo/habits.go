package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/notify"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/rates"
)

// moment is when the n-th report comes: by day, and on two Sundays of three the
// day before or after instead.
func (h *history) moment(begin time.Time, n int) time.Time {
	share := (float64(n) + h.rand.Float64()) / float64(h.plan.Cases)
	day := clock.Day(begin.Add(time.Duration(share * float64(h.now.Sub(begin)-time.Hour))))
	if day.Weekday() == time.Sunday && h.rand.IntN(3) > 0 {
		day = day.AddDate(0, 0, 1-2*h.rand.IntN(2))
	}
	at := day.Add(time.Duration(7*60+h.rand.IntN(14*60))*time.Minute + time.Duration(h.rand.IntN(60))*time.Second)
	if !at.Before(h.now) {
		at = h.now.Add(-time.Duration(1+h.rand.IntN(180)) * time.Minute)
	}
	return at
}

// The hours in which staff work, six days a week. Whoever is on duty signs for
// cases around the clock.
const opens, closes = 8, 18

// office is t, or the time of its minutes in the first hour of work after it.
func office(t time.Time) time.Time {
	day := clock.Day(t)
	switch hour := t.In(clock.Shanghai).Hour(); {
	case hour >= closes:
		day = day.AddDate(0, 0, 1)
	case hour >= opens && day.Weekday() != time.Sunday:
		return t
	}
	if day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day.Add(opens*time.Hour + t.Sub(t.Truncate(time.Hour)))
}

// unread is for how long people have not looked at their notifications.
const unread = 30 * time.Hour

// readAll has everybody who can sign in read what they were told.
func (h *history) readAll(ctx context.Context) error {
	for _, l := range h.logins {
		acting, ok := h.actor(ctx, l.staff)
		if !ok {
			continue
		}
		in := notify.ReadInput{}
		in.Body.All = true
		if _, err := h.Notify.MarkRead(acting, in); err != nil {
			return fmt.Errorf("demo notifications: %w", err)
		}
	}
	return nil
}

// settle does what a city has long done: the months but the last are signed
// off, and the catalogue has rows.
func (h *history) settle(ctx context.Context) error {
	if err := h.signOff(ctx); err != nil {
		return fmt.Errorf("demo packs: %w", err)
	}
	acting, ok := h.as(ctx, casework.RoleDispatcher, cityPath)
	if !ok {
		return nil
	}
	in := casework.AddRuleInput{}
	in.Body.Scope, in.Body.Target, in.Body.Reason = cityPath, "concerned", "谁的事谁办：由被反映的机构主办"
	if _, err := h.Casework.AddRule(acting, in); err != nil {
		return fmt.Errorf("demo catalogue: %w", err)
	}
	return nil
}

// signOff signs the months of the city that have ended, but for the last.
func (h *history) signOff(ctx context.Context) error {
	acting, ok := h.as(ctx, casework.RoleDirector, cityPath)
	if !ok {
		return nil
	}
	windows, err := h.Rates.Windows(acting, rates.WindowsInput{Query: list.Query{Limit: 60}, Kind: rates.Month})
	if err != nil {
		return err
	}
	last := true
	for _, w := range windows.Items { // the newest first
		if !w.Complete || !strings.HasPrefix(cityPath, w.Scope) {
			continue
		}
		if last {
			last = false
			continue
		}
		in := rates.SignInput{ID: w.ID}
		in.Body.Note = "同意签发。"
		if _, err := h.Rates.Sign(acting, in); err != nil {
			return err
		}
	}
	return nil
}
