package notify

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// ListInput asks for the signed-in person's notifications.
type ListInput struct {
	list.Query
	Unread bool `query:"unread" doc:"Only those not read yet."`
}

// ReadInput names notifications that the signed-in person has read.
type ReadInput struct {
	Body struct {
		IDs []string `json:"ids,omitempty" maxItems:"200" doc:"Which; those of other people are left alone."`
		All bool     `json:"all,omitempty" doc:"Every notification up to now."`
	}
}

// Validate refuses an input that names nothing.
func (in ReadInput) Validate() error {
	if len(in.Body.IDs) == 0 && !in.Body.All {
		return fault.Field("ids", i18n.T("请选择要标为已读的通知", "please choose the notifications that you have read"))
	}
	return nil
}

// Nobody is the input of use cases that need none.
type Nobody struct{}

// Endpoints returns the use cases of the signed-in person.
func (s *Service) Endpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Own("GET /notifications", "Own notifications, newest first", s.List),
		httpapi.Own("GET /notifications/unread", "How many own notifications are not read", s.UnreadCount),
		httpapi.Own("POST /notifications/read", "Mark own notifications as read", s.MarkRead),
	}
}

// List returns the notifications of the actor, newest first.
func (s *Service) List(ctx context.Context, in ListInput) (page list.Page[Notification], err error) {
	defer fault.Wrap(&err, "notify.List")
	newest := list.Down("created_at", "id", func(n Notification) list.Key { return list.At(n.CreatedAt, n.ID) })
	err = s.db.Read(ctx, func(r db.Reader) (err error) {
		page, err = list.Read(ctx, r, in.Query, newest, in.conditions, latest)
		return err
	})
	return page, err
}

func (in ListInput) conditions(ctx context.Context, _ db.Reader, w *db.Where) error {
	w.And("staff_id = ?", authz.From(ctx).ID)
	w.AndIf(in.Unread, "read_at is null")
	return nil
}

// UnreadCount returns how many notifications the actor has not read.
func (s *Service) UnreadCount(ctx context.Context, _ Nobody) (count list.Count, err error) {
	defer fault.Wrap(&err, "notify.UnreadCount")
	err = s.db.Read(ctx, func(r db.Reader) error {
		n, err := countUnread(r, authz.From(ctx).ID)
		count = *n
		return err
	})
	return count, err
}

// MarkRead notes that the actor has read some notifications, and returns how
// many are left.
func (s *Service) MarkRead(ctx context.Context, in ReadInput) (left list.Count, err error) {
	defer fault.Wrap(&err, "notify.MarkRead")
	ids := in.Body.IDs
	if in.Body.All {
		ids = nil
	}
	staff := authz.From(ctx).ID
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := markRead(tx, staff, ids, s.now()); err != nil {
			return err
		}
		n, err := countUnread(tx.Reader, staff)
		left = *n
		return err
	})
	return left, err
}
