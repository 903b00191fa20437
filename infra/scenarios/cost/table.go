package cost

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// makeTable makes a table like the template's, without a stream: nobody else
// works on it.
func makeTable(ctx context.Context, client *dynamodb.Client) (string, error) {
	name := "cost-" + strings.ToLower(rand.Text()[:8])
	in := &dynamodb.CreateTableInput{TableName: aws.String(name), BillingMode: types.BillingModePayPerRequest, KeySchema: keys("pk", "sk")}
	for _, attribute := range []string{"pk", "sk", "qpk", "qsk", "rpk", "rsk", "dpk", "dsk"} {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{AttributeName: aws.String(attribute), AttributeType: types.ScalarAttributeTypeS})
	}
	for index, letter := range map[string]string{"queue": "q", "requester": "r", "due": "d"} {
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{IndexName: aws.String(index), KeySchema: keys(letter+"pk", letter+"sk"),
			Projection: &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}})
	}
	if _, err := client.CreateTable(ctx, in); err != nil {
		return "", err
	}
	waiter := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = 50 * time.Millisecond })
	return name, waiter.Wait(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(name)}, time.Minute)
}

func keys(hash, order string) []types.KeySchemaElement {
	return []types.KeySchemaElement{{AttributeName: aws.String(hash), KeyType: types.KeyTypeHash}, {AttributeName: aws.String(order), KeyType: types.KeyTypeRange}}
}
