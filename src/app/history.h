#pragma once

#include <cstddef>
#include <vector>

namespace lab {

// Undo and redo for a document that is a value: it keeps earlier copies. Changes under one gesture
// (a drag) count as one step.
template <class Document>
class History {
 public:
  // Call before a change, with the document as it still is.
  void before_change(const Document& now, bool same_gesture = false) {
    future_.clear();
    if (same_gesture && in_gesture_) return;
    in_gesture_ = same_gesture;
    past_.push_back(now);
    if (past_.size() > kDepth) past_.erase(past_.begin());
  }
  void end_gesture() { in_gesture_ = false; }

  void clear() { *this = {}; }

  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }
  void undo(Document& now) { step(past_, future_, now); }
  void redo(Document& now) { step(future_, past_, now); }

 private:
  static constexpr size_t kDepth = 200;

  void step(std::vector<Document>& from, std::vector<Document>& to, Document& now) {
    if (from.empty()) return;
    to.push_back(std::move(now));
    now = std::move(from.back());
    from.pop_back();
    in_gesture_ = false;
  }

  std::vector<Document> past_, future_;
  bool in_gesture_ = false;
};

}  // namespace lab
