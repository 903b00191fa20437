package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"mesa/infra/local/cloud"
	"mesa/shared/dynamo"
)

// receptionClock is the hour at which the mail server says that it received a
// mail: the local clock's, as everything else that happens to a case. With the
// wall clock's a mail would seem older than the question that it answers.
func (s *site) receptionClock(ctx context.Context) func() time.Time {
	store := dynamo.New(dynamodb.NewFromConfig(cloud.Config(s.emulator.URL())), s.outputs["TableName"])
	return func() time.Time {
		offset, err := store.Offset(ctx)
		if err != nil {
			slog.WarnContext(ctx, "local clock not read", "error", err.Error())
		}
		return time.Now().Add(offset)
	}
}
