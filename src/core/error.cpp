#include "core/error.h"

#include "core/fill_placeholders.h"

namespace lab {
namespace {

constexpr ErrorKind kKinds[] = {
    {"internal", {"Something unexpected happened: {0}.", "发生了意外情况：{0}。"}},
    {"activation.unknown",
     {"There is no activation function called “{0}”.", "没有名为“{0}”的激活函数。"}},
    {"activation.parameter_unknown",
     {"“{0}” has no parameter called “{1}”. Its parameters are: {2}.",
      "“{0}”没有名为“{1}”的参数。它的参数有：{2}。"}},
    {"activation.parameter_range",
     {"The parameter “{0}” must be a number from {1} to {2}.",
      "参数“{0}”必须是 {1} 到 {2} 之间的数。"}},
    {"argument.float32_array",
     {"The argument “{0}” must be a Float32Array.", "参数“{0}”必须是 Float32Array。"}},
    {"argument.shape",
     {"The shape {0} does not fit {1} numbers. Give whole extents whose product is {1}.",
      "形状 {0} 与 {1} 个数不符。请给出乘积为 {1} 的整数维度。"}},
    {"argument.columns",
     {"{0} numbers do not make rows of {1}. Give a whole number of columns that divides {0}.",
      "{0} 个数无法排成每行 {1} 个。请给出能整除 {0} 的整数列数。"}},
    {"argument.row_length",
     {"“{0}” takes rows whose length is a multiple of {1}, but these have {2} columns.",
      "“{0}”要求每行的长度是 {1} 的倍数，而这里有 {2} 列。"}},
    {"argument.length",
     {"The argument “{0}” must have {1} numbers, but it has {2}.",
      "参数“{0}”必须有 {1} 个数，而它有 {2} 个。"}},
    {"argument.too_long",
     {"The argument “{0}” has {1} numbers at a time; at most {2} are taken.",
      "参数“{0}”一次有 {1} 个数，最多只能接受 {2} 个。"}},
    {"tensor.empty",
     {"The text is empty. Enter a tensor such as [[1, 2], [3, 4]].",
      "文本为空。请输入张量，例如 [[1, 2], [3, 4]]。"}},
    {"tensor.too_long",
     {"The text is {0} bytes long; at most {1} bytes are read. Enter a smaller tensor.",
      "文本长 {0} 字节，最多只能读取 {1} 字节。请输入较小的张量。"}},
    {"tensor.too_many",
     {"The tensor has more than {0} numbers. Enter a smaller one.",
      "张量超过 {0} 个数。请输入较小的张量。"}},
    {"tensor.too_deep",
     {"Lists are nested more than {0} deep. A tensor can have at most {0} dimensions.",
      "列表嵌套超过 {0} 层。张量最多有 {0} 维。"}},
    {"tensor.ragged",
     {"Row {0} has {1} entries, but the rows before it have {2}. Give every row the same length.",
      "第 {0} 行有 {1} 项，而前面的行有 {2} 项。请让每一行的长度相同。"}},
    {"tensor.mixed_depth",
     {"A number and a list stand side by side. Put every number into equally many brackets.",
      "数与列表并列出现。请让每个数处于同样多层的括号中。"}},
    {"tensor.abbreviated",
     {"The text was shortened with “...”, so numbers are missing. Print the whole tensor: "
      "torch.set_printoptions(profile=\"full\") or np.set_printoptions(threshold=sys.maxsize).",
      "文本被“...”省略，缺少一部分数。请先完整打印张量："
      "torch.set_printoptions(profile=\"full\") 或 np.set_printoptions(threshold=sys.maxsize)。"}},
    {"tensor.bad_number",
     {"“{0}” is not a number. Write numbers like 0.5, -2, 1e-3, nan or inf.",
      "“{0}”不是数。请按 0.5、-2、1e-3、nan 或 inf 的形式书写。"}},
    {"tensor.expected_number", {"Expected a number, but found “{0}”.", "此处应为数，却是“{0}”。"}},
    {"tensor.number_missing",
     {"The text ends where a number or a list was expected.", "文本在应有数或列表的地方结束了。"}},
    {"tensor.expected_comma",
     {"Expected a comma or “{0}”, but found “{1}”.", "此处应为逗号或“{0}”，却是“{1}”。"}},
    {"tensor.expected_argument",
     {"Expected an argument such as dtype=torch.float32, but found “{0}”.",
      "此处应为 dtype=torch.float32 之类的参数，却是“{0}”。"}},
    {"tensor.bad_size",
     {"Expected a size such as (2, 0), but found “{0}”.",
      "此处应为 (2, 0) 之类的大小，却是“{0}”。"}},
    {"tensor.size_not_empty",
     {"The lists are empty, but this size is not. Correct one of them.",
      "列表为空，但这个大小不为空。请更正其中之一。"}},
    {"tensor.not_a_list",
     {"Parentheses around one entry are not a list. Use brackets, as in [3.5].",
      "单独一项外的圆括号不构成列表。请用方括号，例如 [3.5]。"}},
    {"tensor.unclosed",
     {"The text ends too early: “{0}” is missing.", "文本过早结束：缺少“{0}”。"}},
    {"tensor.text_behind",
     {"Expected the end of the text behind the tensor, but found “{0}”. Enter one tensor at a "
      "time.",
      "张量之后应为文本末尾，却是“{0}”。请每次只输入一个张量。"}},
    {"tensor.unexpected_call",
     {"“{0}(…)” cannot be read as a tensor. Write tensor(…), array(…) or the lists alone.",
      "“{0}(…)”无法作为张量读取。请写成 tensor(…)、array(…) 或只写列表。"}},
    {"tensor.mixed_separators",
     {"The text has both commas and semicolons. Part the numbers with one of them, and write "
      "decimals "
      "with a point.",
      "文本中同时有逗号和分号。请只用其中一种分隔各数，小数请用小数点。"}},
};

}  // namespace

std::span<const ErrorKind> error_kinds() {
  return kKinds;
}

std::string Error::message(Language language) const {
  const std::vector<std::string_view> views(args.begin(), args.end());
  for (const ErrorKind& kind : kKinds) {
    if (kind.code == code) return fill_placeholders(kind.text.in(language), views);
  }
  return code;
}

}  // namespace lab
