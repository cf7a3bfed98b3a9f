package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// bucket is a prefix of a bucket of an S3-compatible object store.
type bucket struct {
	client *minio.Client
	name   string
	prefix string // empty, or ending in "/"
}

// partSize is how much of an object is held in memory while it is sent.
const partSize = 8 << 20

func openS3(ctx context.Context, text string) (place, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Query().Get("endpoint") == "" {
		return nil, fault.Field("blob", i18n.T("对象存储地址不完整", "the address of the object store is not complete")).
			WithFix(i18n.T("应为 s3://存储桶/前缀?endpoint=https://主机&region=区域", "it should be s3://bucket/prefix?endpoint=https://host&region=region"))
	}
	b := &bucket{name: u.Host}
	if p := strings.Trim(u.Path, "/"); p != "" {
		b.prefix = p + "/"
	}
	if b.client, err = newClient(u); err != nil {
		return nil, err
	}
	found, err := b.client.BucketExists(ctx, b.name)
	if err != nil {
		return nil, outage(err)
	}
	if !found {
		return nil, fault.Field("blob", i18n.T("存储桶 %s 不存在", "there is no bucket %s"), b.name).
			WithFix(i18n.T("请先建立存储桶", "please make the bucket first"))
	}
	return b, nil
}

// newClient reads the endpoint and the keys that u names. An endpoint without
// a scheme is reached by TLS.
func newClient(u *url.URL) (*minio.Client, error) {
	host, plain := strings.CutPrefix(u.Query().Get("endpoint"), "http://")
	host = strings.TrimPrefix(host, "https://")
	access, secret := os.Getenv("QINGFENG_S3_ACCESS_KEY"), os.Getenv("QINGFENG_S3_SECRET_KEY")
	if u.User != nil {
		access = u.User.Username()
		secret, _ = u.User.Password()
	}
	c, err := minio.New(strings.TrimSuffix(host, "/"), &minio.Options{
		Creds:  credentials.NewStaticV4(access, secret, ""),
		Secure: !plain,
		Region: u.Query().Get("region"),
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", fault.Field("blob", i18n.T("对象存储的 endpoint 有误", "the endpoint of the object store is wrong")), err)
	}
	return c, nil
}

// write sends a small object in one request, and a large one in parts, each
// of which is held in memory; the whole appears at once.
func (b *bucket) write(ctx context.Context, key string, r io.Reader) error {
	var head bytes.Buffer
	size, err := io.CopyN(&head, r, partSize)
	body := io.Reader(bytes.NewReader(head.Bytes())) // read again where the store asks for another try
	switch {
	case err == nil:
		size, body = -1, io.MultiReader(&head, r)
	case !errors.Is(err, io.EOF):
		return err
	}
	_, err = b.client.PutObject(ctx, b.name, b.prefix+key, body, size, minio.PutObjectOptions{PartSize: partSize})
	return err
}

func (b *bucket) open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	o, err := b.client.GetObject(ctx, b.name, b.prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, err
	}
	info, err := o.Stat()
	if err != nil {
		return nil, 0, errors.Join(lacking(err), o.Close())
	}
	return o, info.Size, nil
}

// move copies inside of the object store, which has no rename, up to the
// 5 GiB that one copy may have.
func (b *bucket) move(ctx context.Context, from, to string) error {
	_, err := b.client.CopyObject(ctx,
		minio.CopyDestOptions{Bucket: b.name, Object: b.prefix + to},
		minio.CopySrcOptions{Bucket: b.name, Object: b.prefix + from})
	if err != nil {
		return lacking(err)
	}
	return b.remove(ctx, from)
}

func (b *bucket) remove(ctx context.Context, key string) error {
	err := lacking(b.client.RemoveObject(ctx, b.name, b.prefix+key, minio.RemoveObjectOptions{}))
	if errors.Is(err, errNone) {
		return nil
	}
	return err
}

func (b *bucket) list(ctx context.Context, prefix string) iter.Seq2[object, error] {
	return func(yield func(object, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		opts := minio.ListObjectsOptions{Prefix: b.prefix + prefix, Recursive: true}
		for o := range b.client.ListObjectsIter(ctx, b.name, opts) {
			key := strings.TrimPrefix(o.Key, b.prefix)
			if !yield(object{key, o.Size, o.LastModified}, o.Err) || o.Err != nil {
				return
			}
		}
	}
}

// lacking turns the object store's way of saying so into errNone.
func lacking(err error) error {
	if e, ok := errors.AsType[minio.ErrorResponse](err); ok && e.StatusCode == http.StatusNotFound {
		return fmt.Errorf("%w: %w", errNone, err)
	}
	return err
}
